package org.chancery.pki.envelope;

import java.util.Arrays;

/// An envelope but for its recipient: what stands before the RecipientInfo of a reader, and what stands behind it.
/// The same for every reader whose RecipientInfo is equally long, which with keys of one size is everybody.
/// Immutable: who is given the octets has copies.
public final class LetterHalves {
    private final byte[] before;
    private final byte[] behind;

    LetterHalves(byte[] before, byte[] behind) {
        this.before = before;
        this.behind = behind;
    }

    public byte[] before() {
        return before.clone();
    }

    public byte[] behind() {
        return behind.clone();
    }

    /// The whole, with these octets in the middle.
    byte[] with(byte[] recipientInfosDer) {
        byte[] whole = Arrays.copyOf(before, before.length + recipientInfosDer.length + behind.length);
        System.arraycopy(recipientInfosDer, 0, whole, before.length, recipientInfosDer.length);
        System.arraycopy(behind, 0, whole, before.length + recipientInfosDer.length, behind.length);
        return whole;
    }
}
