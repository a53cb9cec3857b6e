package org.chancery.pki.seeded.util;

import org.chancery.pki.seeded.KnowsLeftover;

/// In a package named for nothing, and in a cycle with its user.
public record Leftover(KnowsLeftover user) {}
