package org.chancery.pki.envelope;

import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.chancery.pki.der.Der;

/// A KeyTransRecipientInfo (RFC 5652 section 6.2.1) of the one kind letters use: the recipient by subject key
/// identifier, the key under RSAES-OAEP with SHA-256, MGF1 with SHA-256 and the empty label (RFC 4055 section 4.1).
/// The parameters written are the parameters used; any others are refused.
public final class KeyTransRecipient {
    /// Room for an RSA modulus of 8192 bits and the frame around it.
    public static final int MAX_BYTES = 1280;

    private static final int MAX_KEY_IDENTIFIER_BYTES = 64;
    private static final AlgorithmIdentifier RSAES_OAEP = rsaesOaep();

    private final byte[] subjectKeyIdentifier;
    private final byte[] encryptedKey;

    /// A recipient of an encrypted key.
    ///
    /// @throws IllegalArgumentException for an empty or overlong subject key identifier
    public KeyTransRecipient(byte[] subjectKeyIdentifier, byte[] encryptedKey) {
        if (subjectKeyIdentifier.length == 0 || subjectKeyIdentifier.length > MAX_KEY_IDENTIFIER_BYTES) {
            throw new IllegalArgumentException("subject key identifier of " + subjectKeyIdentifier.length
                    + " octets, must be 1 to " + MAX_KEY_IDENTIFIER_BYTES);
        }
        this.subjectKeyIdentifier = subjectKeyIdentifier.clone();
        this.encryptedKey = encryptedKey.clone();
    }

    /// Reads the DER of a KeyTransRecipientInfo.
    ///
    /// @throws MalformedEnvelopeException unless these octets are exactly the DER of such a recipient
    public static KeyTransRecipient parse(byte[] der) throws MalformedEnvelopeException {
        return Asn1.parse("recipient", der, MAX_BYTES, KeyTransRecipient::decode, KeyTransRecipient::der);
    }

    private static KeyTransRecipient decode(ASN1Primitive recipientInfo) {
        ASN1Sequence sequence = ASN1Sequence.getInstance(recipientInfo);
        ASN1TaggedObject keyIdentifier = ASN1TaggedObject.getInstance(sequence.getObjectAt(1));
        return new KeyTransRecipient(
                ASN1OctetString.getInstance(keyIdentifier, false).getOctets(), Asn1.octets(sequence, 3));
    }

    public byte[] subjectKeyIdentifier() {
        return subjectKeyIdentifier.clone();
    }

    public byte[] encryptedKey() {
        return encryptedKey.clone();
    }

    public byte[] der() {
        DERSequence recipientInfo = Asn1.sequence(
                new ASN1Integer(2),
                new DERTaggedObject(false, 0, new DEROctetString(subjectKeyIdentifier)),
                RSAES_OAEP,
                new DEROctetString(encryptedKey));
        return Der.encode(recipientInfo);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyTransRecipient that
                && Arrays.equals(subjectKeyIdentifier, that.subjectKeyIdentifier)
                && Arrays.equals(encryptedKey, that.encryptedKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encryptedKey);
    }

    @Override
    public String toString() {
        return "recipient " + Octets.hex(subjectKeyIdentifier);
    }

    private static AlgorithmIdentifier rsaesOaep() {
        AlgorithmIdentifier sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        AlgorithmIdentifier mgf1 = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, sha256);
        // The label is empty, its default, and DER leaves a default out.
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSAES_OAEP,
                new RSAESOAEPparams(sha256, mgf1, RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));
    }
}
