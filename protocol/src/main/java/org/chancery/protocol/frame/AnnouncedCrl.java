package org.chancery.protocol.frame;

import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlFingerprint;

/// A CRL that the relay goes by, before it is there.
///
/// @param length octets of its DER
public record AnnouncedCrl(CrlFingerprint fingerprint, int length) {

    /// @throws IllegalArgumentException if nobody would read one so long
    public AnnouncedCrl {
        if (length < 1 || length > Crl.MAX_OCTETS) {
            throw new IllegalArgumentException(
                    "CRL of " + Integer.toUnsignedString(length) + " octets, must be 1 to " + Crl.MAX_OCTETS);
        }
    }

    /// A list that is there.
    public static AnnouncedCrl of(Crl crl) {
        return new AnnouncedCrl(crl.fingerprint(), crl.length());
    }
}
