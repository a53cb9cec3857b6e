package org.chancery.pki.envelope;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/// The AES-256 key of one file, as it stands in the message that brings the file. It is drawn for one [FileId] and one
/// content, and seals nothing else.
public final class FileKey {
    public static final int BYTES = 32;

    private final byte[] octets;

    private FileKey(byte[] octets) {
        this.octets = octets;
    }

    /// A new one.
    public static FileKey draw(SecureRandom random) {
        byte[] octets = new byte[BYTES];
        random.nextBytes(octets);
        return new FileKey(octets);
    }

    /// The key of these octets.
    ///
    /// @throws IllegalArgumentException unless there are 32
    public static FileKey ofBytes(byte[] octets) {
        return new FileKey(Octets.require("file key", octets, BYTES));
    }

    /// The key itself: for the message, for the store and for the cipher.
    public byte[] exposedOctets() {
        return octets.clone();
    }

    /// Takes as long whatever the other is.
    @Override
    public boolean equals(Object other) {
        return other instanceof FileKey that && MessageDigest.isEqual(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /// Nothing of the key.
    @Override
    public String toString() {
        return "FileKey";
    }
}
