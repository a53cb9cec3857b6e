package org.chancery.pki.path;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.chancery.pki.name.CanonicalName;
import org.jspecify.annotations.Nullable;

/// What an authorityKeyIdentifier or a subjectKeyIdentifier says (RFC 5280 sections 4.2.1.1 and 4.2.1.2): a
/// hint to a key, or to the certificate of it.
///
/// @param octets null if there are none
/// @param certificateIssuer the issuer of the issuer's certificate, null if not said or not a distinguished
/// name
/// @param certificateSerial the serial number of the issuer's certificate, null if not said
@SuppressWarnings("ArrayRecordComponent") // compared by content, changed by nobody in this package
record KeyIdentifier(
        byte @Nullable [] octets,
        @Nullable CanonicalName certificateIssuer,
        @Nullable BigInteger certificateSerial) {
    /// Whether both name the same key; no if either has no octets.
    boolean isSameKeyAs(KeyIdentifier other) {
        return octets != null && Arrays.equals(octets, other.octets);
    }

    boolean hasOctets() {
        return octets != null;
    }

    /// Whether it may be meant by an issuer and serial number; yes if it says nothing of them.
    boolean mayMean(CanonicalName issuer, BigInteger serial) {
        return certificateSerial == null
                || (certificateSerial.equals(serial)
                        && (certificateIssuer == null || certificateIssuer.equals(issuer)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyIdentifier that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return octets == null ? "none" : HexFormat.of().formatHex(octets);
    }
}
