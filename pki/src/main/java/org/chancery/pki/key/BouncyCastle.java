package org.chancery.pki.key;

import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// Which Bouncy Castle takes structures apart here, for whoever asks whether it has known holes.
public final class BouncyCastle {
    private BouncyCastle() {}

    /// As `1.87`. The provider is made for it, which costs most of a second: nothing else here uses it.
    public static String version() {
        return new BouncyCastleProvider().getVersionStr();
    }
}
