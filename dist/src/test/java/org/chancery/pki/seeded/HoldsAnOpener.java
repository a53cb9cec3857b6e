package org.chancery.pki.seeded;

import org.chancery.pki.sealing.seeded.Opener;

/// Sealing outside the client.
record HoldsAnOpener(Opener opener) {}
