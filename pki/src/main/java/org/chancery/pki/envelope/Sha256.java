package org.chancery.pki.envelope;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 as every Java platform must have it.
final class Sha256 {
    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform lacks SHA-256, which its specification requires", e);
        }
    }

    static byte[] of(byte[] octets) {
        return digest().digest(octets);
    }
}
