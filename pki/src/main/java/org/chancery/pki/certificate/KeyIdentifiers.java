package org.chancery.pki.certificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import org.chancery.pki.key.PublicKeys;

/// Key identifiers by RFC 7093 section 2 method 1: the leftmost 160 bits of the SHA-256 of the key's BIT STRING.
///
/// Not RFC 5280's SHA-1: a key identifier need not resist collisions, but SHA-1 need not be kept alive for it
/// either, and platforms begin to remove it. The length stays what every tool expects.
public final class KeyIdentifiers {
    private static final int LENGTH = 20;

    private KeyIdentifiers() {}

    /// The 20 octets that name the key.
    public static byte[] of(PublicKey key) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(PublicKeys.bits(key)), LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
