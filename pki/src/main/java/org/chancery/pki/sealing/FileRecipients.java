package org.chancery.pki.sealing;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.chancery.pki.certificate.Certificates;

/// Finds the RecipientInfo of one certificate among those of a file, and takes the key out.
final class FileRecipients {
    private FileRecipients() {}

    /// @throws EnvelopeException NOT_ADDRESSED, UNSUPPORTED_ALGORITHM, WRAP_MISMATCH or RECIPIENT_KEY_UNSUPPORTED
    static ContentKey unwrap(ASN1Set recipientInfos, X509Certificate certificate, PrivateKey own)
            throws EnvelopeException {
        for (ASN1Encodable element : recipientInfos) {
            RecipientInfo recipientInfo = RecipientInfo.getInstance(element);
            if (recipientInfo.getInfo() instanceof KeyTransRecipientInfo recipient
                    && names(recipient.getRecipientIdentifier().getId(), certificate)) {
                requireOaep(recipient.getKeyEncryptionAlgorithm());
                return ContentKey.unwrap(recipient.getEncryptedKey().getOctets(), own);
            }
        }
        throw new EnvelopeException(
                EnvelopeFailure.NOT_ADDRESSED,
                "none of " + recipientInfos.size() + " recipients is " + certificate.getSubjectX500Principal());
    }

    /// Whether a SignerIdentifier or RecipientIdentifier (RFC 5652 sections 5.3 and 6.2.1) means this certificate.
    static boolean names(ASN1Encodable identifier, X509Certificate certificate) {
        if (identifier.toASN1Primitive() instanceof ASN1OctetString keyIdentifier) {
            return Arrays.equals(keyIdentifier.getOctets(), Certificates.subjectKeyIdentifier(certificate));
        }
        IssuerAndSerialNumber issuerAndSerial = IssuerAndSerialNumber.getInstance(identifier);
        X500Name issuer =
                X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded());
        return issuerAndSerial.getSerialNumber().getValue().equals(certificate.getSerialNumber())
                && issuerAndSerial.getName().equals(issuer);
    }

    /// Only what [KeyTransport] does. Another tool may leave out or write the NULL of a digest's parameters; both
    /// mean the same (RFC 4055 section 2.1).
    private static void requireOaep(AlgorithmIdentifier algorithm) throws EnvelopeException {
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSAES_OAEP)) {
            throw new EnvelopeException(
                    EnvelopeFailure.UNSUPPORTED_ALGORITHM,
                    "key encryption " + algorithm.getAlgorithm() + ", must be RSAES-OAEP");
        }
        RSAESOAEPparams parameters = RSAESOAEPparams.getInstance(algorithm.getParameters());
        AlgorithmIdentifier mask = parameters.getMaskGenAlgorithm();
        AlgorithmIdentifier label = parameters.getPSourceAlgorithm();
        boolean ours = isSha256(parameters.getHashAlgorithm())
                && mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
                && isSha256(AlgorithmIdentifier.getInstance(mask.getParameters()))
                && label.getAlgorithm().equals(PKCSObjectIdentifiers.id_pSpecified)
                && ASN1OctetString.getInstance(label.getParameters()).getOctets().length == 0;
        if (!ours) {
            throw new EnvelopeException(
                    EnvelopeFailure.UNSUPPORTED_ALGORITHM,
                    "RSAES-OAEP with other parameters than SHA-256, MGF1 with SHA-256 and no label");
        }
    }

    private static boolean isSha256(AlgorithmIdentifier digest) {
        ASN1Encodable parameters = digest.getParameters();
        return digest.getAlgorithm().equals(NISTObjectIdentifiers.id_sha256)
                && (parameters == null || DERNull.INSTANCE.equals(parameters));
    }
}
