package org.chancery.pki.envelope;

import java.util.Arrays;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.DerOutput;
import org.chancery.pki.der.MalformedDerException;

/// A KeyTransRecipientInfo (RFC 5652 section 6.2.1) of the one kind letters use: the recipient by subject key
/// identifier, the key under RSAES-OAEP with SHA-256, MGF1 with SHA-256 and the empty label (RFC 4055 section 4.1).
/// The parameters written are the parameters used; any others are refused.
public final class KeyTransRecipient {
    /// Room for an RSA modulus of 8192 bits and the frame around it.
    public static final int MAX_BYTES = 1280;

    private static final int MAX_KEY_IDENTIFIER_BYTES = 64;
    private static final int VERSION = 2;
    private static final byte[] RSAES_OAEP = Der.encode(rsaesOaep());

    /// Tags and lengths, version and key identifier.
    private static final int AROUND = 96;

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
        if (der.length > MAX_BYTES) {
            throw new MalformedEnvelopeException("recipient of " + der.length + " octets, at most " + MAX_BYTES);
        }
        KeyTransRecipient recipient;
        try {
            recipient = decode(DerCursor.of(der).enter(DerCursor.SEQUENCE));
        } catch (MalformedDerException | IllegalArgumentException e) {
            throw new MalformedEnvelopeException("recipient has another structure", e);
        }
        if (!Arrays.equals(recipient.der(), der)) {
            throw new MalformedEnvelopeException("recipient is not in its canonical form");
        }
        return recipient;
    }

    /// Only finds the parts; the rest is proved by encoding them again.
    private static KeyTransRecipient decode(DerCursor recipientInfo) throws MalformedDerException {
        recipientInfo.enter(DerCursor.INTEGER);
        byte[] subjectKeyIdentifier = recipientInfo.contents(DerCursor.primitive(0));
        recipientInfo.enter(DerCursor.SEQUENCE);
        return new KeyTransRecipient(subjectKeyIdentifier, recipientInfo.contents(DerCursor.OCTET_STRING));
    }

    public byte[] subjectKeyIdentifier() {
        return subjectKeyIdentifier.clone();
    }

    public byte[] encryptedKey() {
        return encryptedKey.clone();
    }

    public byte[] der() {
        return new DerOutput(AROUND + RSAES_OAEP.length + encryptedKey.length)
                .value(DerCursor.OCTET_STRING, encryptedKey)
                .put(RSAES_OAEP)
                .value(DerCursor.primitive(0), subjectKeyIdentifier)
                .integer(VERSION)
                .within(DerCursor.SEQUENCE, 0)
                .toByteArray();
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
