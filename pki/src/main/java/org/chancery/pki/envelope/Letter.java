package org.chancery.pki.envelope;

import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSet;
import org.chancery.pki.der.Der;

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
        return Asn1.parse("letter", der, MAX_BYTES, Letter::decode, Letter::der);
    }

    private static Letter decode(ASN1Primitive contentInfo) {
        return LetterStructure.decode(contentInfo).letter();
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
        return der(new DERSet());
    }

    byte[] der(ASN1Set recipientInfos) {
        return Der.encode(LetterStructure.encode(header, recipientInfos, nonce, ciphertext, tag));
    }

    /// SHA-256 over the letter's DER: what the transcript and the sender's next letter refer to.
    public byte[] hash() {
        return Sha256.of(der());
    }

    @Override
    public String toString() {
        return header.toString();
    }
}
