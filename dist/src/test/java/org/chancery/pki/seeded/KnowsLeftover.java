package org.chancery.pki.seeded;

import org.chancery.pki.seeded.util.Leftover;

/// The other half of the cycle.
public record KnowsLeftover(Leftover leftover) {}
