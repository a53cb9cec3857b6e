package org.chancery.pki.sealing;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.cms.Cms;
import org.chancery.pki.cms.SignedAttributes;
import org.chancery.pki.der.Der;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.signature.SignatureVerifier;

/// Judges the one signature of a file: who made it, whether it holds over this content, and whether that
/// certificate counts.
final class FileSignature {
    private static final int MAX_CERTIFICATES = 64;

    private final SignerInfo signerInfo;
    private final List<X509Certificate> certificates;
    private final byte[] digest;

    private FileSignature(SignerInfo signerInfo, List<X509Certificate> certificates, byte[] digest) {
        this.signerInfo = signerInfo;
        this.certificates = certificates;
        this.digest = digest;
    }

    /// @throws EnvelopeException MALFORMED unless there is one signer with signed attributes, TOO_LARGE for too
    /// many certificates
    static FileSignature read(ASN1Set signerInfos, ASN1Set certificates, byte[] digest) throws EnvelopeException {
        if (signerInfos.size() != 1) {
            throw new EnvelopeException(
                    EnvelopeFailure.MALFORMED, "signed by " + signerInfos.size() + ", must be one signer");
        }
        if (certificates.size() > MAX_CERTIFICATES) {
            throw new EnvelopeException(
                    EnvelopeFailure.TOO_LARGE, certificates.size() + " certificates, at most " + MAX_CERTIFICATES);
        }
        List<X509Certificate> parsed = new ArrayList<>();
        for (ASN1Encodable certificate : certificates) {
            try {
                parsed.add(Certificates.parse(Der.encode(certificate)));
            } catch (MalformedCertificateException e) {
                throw new EnvelopeException(EnvelopeFailure.MALFORMED, "a certificate in the file is malformed", e);
            }
        }
        return new FileSignature(SignerInfo.getInstance(signerInfos.getObjectAt(0)), parsed, digest);
    }

    /// Finds the signer's certificate and checks the signature by it.
    ///
    /// @param from the signer must be one of these; empty for any certificate in the file
    /// @throws EnvelopeException SIGNER_UNKNOWN, WRONG_PURPOSE, SIGNATURE_INVALID or UNSUPPORTED_ALGORITHM
    X509Certificate verify(List<X509Certificate> from) throws EnvelopeException {
        X509Certificate signer = signer(from);
        requireAttributes(signer);
        requireSignature(signer);
        return signer;
    }

    private X509Certificate signer(List<X509Certificate> from) throws EnvelopeException {
        List<X509Certificate> candidates = from.isEmpty() ? certificates : from;
        for (X509Certificate candidate : candidates) {
            if (FileRecipients.names(signerInfo.getSID().getId(), candidate)) {
                return candidate;
            }
        }
        throw new EnvelopeException(
                EnvelopeFailure.SIGNER_UNKNOWN,
                from.isEmpty() ? "the file has no certificate of its signer" : "signed by somebody else than expected");
    }

    private void requireAttributes(X509Certificate signer) throws EnvelopeException {
        ASN1Set attributes = attributes();
        ASN1Encodable contentType = SignedAttributes.value(attributes, CMSAttributes.contentType);
        if (!CMSObjectIdentifiers.data.equals(contentType)) {
            throw new EnvelopeException(EnvelopeFailure.WRONG_PURPOSE, "signed as " + contentType + ", not as a file");
        }
        byte[] signed = ASN1OctetString.getInstance(SignedAttributes.value(attributes, CMSAttributes.messageDigest))
                .getOctets();
        if (!MessageDigest.isEqual(signed, digest)) {
            throw new EnvelopeException(EnvelopeFailure.SIGNATURE_INVALID, "another content was signed");
        }
        if (SignedAttributes.has(attributes, SignedAttributes.SIGNING_CERTIFICATE)) {
            requireCertificate(SignedAttributes.value(attributes, SignedAttributes.SIGNING_CERTIFICATE), signer);
        }
    }

    /// Other tools leave ESSCertIDv2 out; where it is, the first must be the signer's (RFC 5035 section 3).
    private static void requireCertificate(ASN1Encodable attribute, X509Certificate signer) throws EnvelopeException {
        ESSCertIDv2 first = SigningCertificateV2.getInstance(attribute).getCerts()[0];
        boolean same = first.getHashAlgorithm().getAlgorithm().equals(NISTObjectIdentifiers.id_sha256)
                && MessageDigest.isEqual(first.getCertHash(), Cms.sha256(signer));
        if (!same) {
            throw new EnvelopeException(EnvelopeFailure.SIGNER_UNKNOWN, "signed with another certificate of that name");
        }
    }

    private void requireSignature(X509Certificate signer) throws EnvelopeException {
        requireSha256(signerInfo.getDigestAlgorithm());
        AlgorithmIdentifier algorithm = signerInfo.getDigestEncryptionAlgorithm();
        if (isPkcs1(algorithm.getAlgorithm())) {
            throw unsupported(algorithm);
        }
        SignatureVerifier verifier =
                SignatureVerifier.of(Der.encode(algorithm)).orElseThrow(() -> unsupported(algorithm));
        byte[] signature = signerInfo.getEncryptedDigest().getOctets();
        if (!verifier.verify(signer.getPublicKey(), Der.encode(attributes()), signature)) {
            throw new EnvelopeException(EnvelopeFailure.SIGNATURE_INVALID, "the signature does not hold");
        }
    }

    /// @throws EnvelopeException SIGNER_REFUSED
    ValidatedPath judge(X509Certificate signer, FileTrust trust) throws EnvelopeException {
        try {
            return trust.validator()
                    .validate(ValidationRequest.of(signer)
                            .untrusted(certificates)
                            .purpose(Purpose.ANY)
                            .at(trust.at())
                            .revocation(trust.revocation()));
        } catch (PathValidationException e) {
            throw new EnvelopeException(
                    EnvelopeFailure.SIGNER_REFUSED, "the signer's path is refused: " + e.failure(), e);
        }
    }

    private ASN1Set attributes() throws EnvelopeException {
        ASN1Set attributes = signerInfo.getAuthenticatedAttributes();
        if (attributes == null) {
            throw new EnvelopeException(EnvelopeFailure.MALFORMED, "signed without signed attributes");
        }
        return attributes;
    }

    static void requireSha256(AlgorithmIdentifier digest) throws EnvelopeException {
        if (!digest.getAlgorithm().equals(NISTObjectIdentifiers.id_sha256)) {
            throw new EnvelopeException(
                    EnvelopeFailure.UNSUPPORTED_ALGORITHM, "digest " + digest.getAlgorithm() + ", must be SHA-256");
        }
    }

    /// RSASSA-PKCS1-v1_5 is for certificates, where every tool must read it, not for messages.
    private static boolean isPkcs1(ASN1ObjectIdentifier algorithm) {
        return algorithm.on(PKCSObjectIdentifiers.pkcs_1) && !algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
    }

    private static EnvelopeException unsupported(AlgorithmIdentifier algorithm) {
        return new EnvelopeException(
                EnvelopeFailure.UNSUPPORTED_ALGORITHM,
                "signature " + algorithm.getAlgorithm() + ", must be RSASSA-PSS or ECDSA with SHA-2");
    }
}
