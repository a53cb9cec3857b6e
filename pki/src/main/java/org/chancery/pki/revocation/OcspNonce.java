package org.chancery.pki.revocation;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/// What ties a response to its request (RFC 9654): 1 to 128 octets, echoed as they came.
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record OcspNonce(byte[] octets) {
    /// @throws IllegalArgumentException if it is empty or longer than 128 octets
    public OcspNonce {
        if (octets.length == 0 || octets.length > OcspExtensions.MAX_NONCE_OCTETS) {
            throw new IllegalArgumentException("a nonce of %d octets, 1 to %d (RFC 9654)"
                    .formatted(octets.length, OcspExtensions.MAX_NONCE_OCTETS));
        }
        octets = octets.clone();
    }

    @Override
    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OcspNonce that && MessageDigest.isEqual(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
