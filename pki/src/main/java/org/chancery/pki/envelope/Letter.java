package org.chancery.pki.envelope;

import org.jspecify.annotations.Nullable;

/// One message as its sender uploads it: the CMS object that will be delivered, with an empty set where each
/// reader's RecipientInfo is stapled in. The wraps are in the [Seal], once for many letters.
///
/// ```
/// ContentInfo { id-ct-authEnvelopedData, AuthEnvelopedData {
///   version 0,
///   originatorInfo [0] { certs [0] { other [3] { LetterHeader.OID, LetterHeader } } },
///   recipientInfos {},                        -- one KeyTransRecipientInfo once stapled
///   authEncryptedContentInfo { id-data, aes256-GCM { nonce, 16 }, ciphertext },
///   mac (SIZE (16)) } }
/// ```
public final class Letter {
    /// Nothing longer is parsed; a frame is no longer either.
    public static final int MAX_BYTES = 1 << 20;

    public static final int NONCE_BYTES = 12;
    public static final int TAG_BYTES = 16;

    private final LetterHeader header;
    private final byte[] nonce;
    private final byte[] ciphertext;
    private final byte[] tag;

    /// The DER, made when it is first asked for. Of several threads that ask at once each makes the same.
    private volatile byte @Nullable [] der;

    private volatile @Nullable Digest hash;

    /// Puts a letter together.
    ///
    /// @throws IllegalArgumentException for a nonce that is not 12 octets or a tag that is not 16
    public Letter(LetterHeader header, byte[] nonce, byte[] ciphertext, byte[] tag) {
        this.header = header;
        this.nonce = Octets.require("nonce", nonce, NONCE_BYTES);
        this.ciphertext = ciphertext.clone();
        this.tag = Octets.require("tag", tag, TAG_BYTES);
    }

    /// Reads the DER of a letter.
    ///
    /// @throws MalformedEnvelopeException unless these octets are exactly a letter, without recipients
    public static Letter parse(byte[] der) throws MalformedEnvelopeException {
        LetterStructure.Parts parts = LetterStructure.parse("letter", der, MAX_BYTES);
        if (!parts.recipientInfosDer().isEmpty()) {
            throw new MalformedEnvelopeException("letter with recipients");
        }
        Letter letter = parts.letter();
        letter.der = der.clone();
        return letter;
    }

    public LetterHeader header() {
        return header;
    }

    public byte[] nonce() {
        return nonce.clone();
    }

    public byte[] ciphertext() {
        return ciphertext.clone();
    }

    public byte[] tag() {
        return tag.clone();
    }

    public byte[] der() {
        return exposedDer().clone();
    }

    private byte[] exposedDer() {
        byte[] made = der;
        if (made == null) {
            made = halves(0).with(new byte[0]);
            der = made;
        }
        return made;
    }

    /// How long the DER is.
    public int derLength() {
        return exposedDer().length;
    }

    LetterHalves halves(int recipientOctets) {
        return LetterStructure.encode(header, recipientOctets, nonce, ciphertext, tag);
    }

    /// SHA-256 over the letter's DER: what the transcript and the sender's next letter refer to.
    public Digest hash() {
        Digest made = hash;
        if (made == null) {
            made = Digest.over(exposedDer());
            hash = made;
        }
        return made;
    }

    @Override
    public String toString() {
        return header.toString();
    }
}
