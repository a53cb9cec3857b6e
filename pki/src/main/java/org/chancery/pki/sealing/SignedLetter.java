package org.chancery.pki.sealing;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.cms.Cms;
import org.chancery.pki.cms.SignedAttributes;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.key.SignatureScheme;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.signature.SignatureVerifier;

/// What is encrypted in a letter: SignedData (RFC 5652 section 5) by one signer, without certificates.
///
/// ```
/// ContentInfo { id-signedData, SignedData {
///   version 3, digestAlgorithms { sha256 },
///   encapContentInfo { ContentPurpose.oid, content },
///   signerInfos { { version 3, subjectKeyIdentifier, sha256, signedAttrs, signatureAlgorithm, signature } } } }
/// ```
///
/// A parsed one proves nothing yet. The `require` methods do, and the last of them does not interpret the signed
/// attributes: it writes those that this content, header, time and signer must have, and compares.
final class SignedLetter {
    private final String contentType;
    private final byte[] content;
    private final byte[] signerKeyIdentifier;
    private final ASN1Set signedAttributes;
    private final byte[] headerDer;
    private final byte[] certificateDer;
    private final Instant signingTime;
    private final AlgorithmIdentifier signatureAlgorithm;
    private final byte[] signature;

    private SignedLetter(
            String contentType,
            byte[] content,
            byte[] signerKeyIdentifier,
            ASN1Set signedAttributes,
            AlgorithmIdentifier signatureAlgorithm,
            byte[] signature)
            throws IOException {
        this.contentType = contentType;
        this.content = content;
        this.signerKeyIdentifier = signerKeyIdentifier;
        this.signedAttributes = signedAttributes;
        this.headerDer = Der.encode(SignedAttributes.value(signedAttributes, SignedAttributes.LETTER_HEADER));
        this.certificateDer =
                Der.encode(SignedAttributes.value(signedAttributes, SignedAttributes.SIGNING_CERTIFICATE));
        this.signingTime = DerTime.read(SignedAttributes.value(signedAttributes, CMSAttributes.signingTime));
        this.signatureAlgorithm = signatureAlgorithm;
        this.signature = signature;
    }

    /// Signs, and gives the DER.
    ///
    /// @throws IllegalArgumentException for the purpose FILE, which is never a letter's
    static byte[] sign(
            Identity signer, ContentPurpose purpose, LetterHeader header, byte[] content, Instant signingTime) {
        requireLetterPurpose(purpose);
        X509Certificate certificate = signer.chain().leaf();
        SignatureScheme scheme = SignatureScheme.forSignedData(certificate.getPublicKey());
        DERSet attributes = SignedAttributes.ofLetter(purpose, Cms.sha256(content), signingTime, certificate, header);
        return encode(
                purpose.oid(),
                content,
                Certificates.subjectKeyIdentifier(certificate),
                attributes,
                AlgorithmIdentifier.getInstance(scheme.algorithmIdentifierDer()),
                signer.key().sign(scheme, Der.encode(attributes)));
    }

    /// @throws EnvelopeException MALFORMED unless these octets are exactly as drawn above
    static SignedLetter parse(byte[] der) throws EnvelopeException {
        Optional<SignedLetter> letter;
        try {
            letter = Der.read(der, object -> Optional.of(decode(object)).filter(it -> it.encodesTo(der)));
        } catch (MalformedDerException e) {
            throw new EnvelopeException(EnvelopeFailure.MALFORMED, "what is encrypted is no SignedData", e);
        }
        return letter.orElseThrow(
                () -> new EnvelopeException(EnvelopeFailure.MALFORMED, "the SignedData is not in its canonical form"));
    }

    private static SignedLetter decode(ASN1Primitive contentInfo) throws IOException {
        ASN1Sequence signedData = ASN1Sequence.getInstance(
                ASN1TaggedObject.getInstance(
                        ASN1Sequence.getInstance(contentInfo).getObjectAt(1)),
                true);
        ASN1Sequence encapContentInfo = ASN1Sequence.getInstance(signedData.getObjectAt(2));
        ASN1Sequence signerInfo = ASN1Sequence.getInstance(
                ASN1Set.getInstance(signedData.getObjectAt(3)).getObjectAt(0));
        return new SignedLetter(
                ASN1ObjectIdentifier.getInstance(encapContentInfo.getObjectAt(0))
                        .getId(),
                ASN1OctetString.getInstance(ASN1TaggedObject.getInstance(encapContentInfo.getObjectAt(1)), true)
                        .getOctets(),
                ASN1OctetString.getInstance(ASN1TaggedObject.getInstance(signerInfo.getObjectAt(1)), false)
                        .getOctets(),
                ASN1Set.getInstance(ASN1TaggedObject.getInstance(signerInfo.getObjectAt(3)), false),
                AlgorithmIdentifier.getInstance(signerInfo.getObjectAt(4)),
                ASN1OctetString.getInstance(signerInfo.getObjectAt(5)).getOctets());
    }

    private boolean encodesTo(byte[] der) {
        byte[] again =
                encode(contentType, content, signerKeyIdentifier, signedAttributes, signatureAlgorithm, signature);
        return Arrays.equals(again, der);
    }

    private static byte[] encode(
            String contentType,
            byte[] content,
            byte[] signerKeyIdentifier,
            ASN1Set signedAttributes,
            AlgorithmIdentifier signatureAlgorithm,
            byte[] signature) {
        DERSequence signerInfo = Cms.signerInfo(signerKeyIdentifier, signedAttributes, signatureAlgorithm, signature);
        DERSequence signedData = Cms.sequence(
                new ASN1Integer(3),
                new DERSet(Cms.SHA_256),
                Cms.sequence(new ASN1ObjectIdentifier(contentType), Cms.explicit(0, new DEROctetString(content))),
                new DERSet(signerInfo));
        return Der.encode(Cms.sequence(CMSObjectIdentifiers.signedData, Cms.explicit(0, signedData)));
    }

    /// @throws EnvelopeException WRONG_PURPOSE
    void requirePurpose(ContentPurpose expected) throws EnvelopeException {
        requireLetterPurpose(expected);
        if (!contentType.equals(expected.oid())) {
            throw new EnvelopeException(
                    EnvelopeFailure.WRONG_PURPOSE, "signed as " + contentType + ", expected " + expected);
        }
    }

    /// @throws EnvelopeException HEADER_MISMATCH unless exactly this header was signed
    void requireHeader(LetterHeader header) throws EnvelopeException {
        if (!Arrays.equals(headerDer, header.der())) {
            throw new EnvelopeException(
                    EnvelopeFailure.HEADER_MISMATCH, "the header in the open is not the header that was signed");
        }
    }

    /// @throws EnvelopeException SIGNER_UNKNOWN for another signer, SIGNATURE_INVALID, UNSUPPORTED_ALGORITHM
    void requireSignatureOf(X509Certificate signer, ContentPurpose purpose, LetterHeader header)
            throws EnvelopeException {
        boolean named = Arrays.equals(signerKeyIdentifier, Certificates.subjectKeyIdentifier(signer))
                && Arrays.equals(certificateDer, Der.encode(SignedAttributes.signingCertificate(signer)));
        if (!named) {
            throw new EnvelopeException(EnvelopeFailure.SIGNER_UNKNOWN, "the signature names another certificate");
        }
        SignatureScheme scheme = SignatureScheme.forSignedData(signer.getPublicKey());
        if (!Arrays.equals(Der.encode(signatureAlgorithm), scheme.algorithmIdentifierDer())) {
            throw new EnvelopeException(
                    EnvelopeFailure.UNSUPPORTED_ALGORITHM,
                    "signed by " + signatureAlgorithm.getAlgorithm() + ", must be " + scheme);
        }
        byte[] required =
                Der.encode(SignedAttributes.ofLetter(purpose, Cms.sha256(content), signingTime, signer, header));
        if (!Arrays.equals(Der.encode(signedAttributes), required)) {
            throw new EnvelopeException(
                    EnvelopeFailure.SIGNATURE_INVALID,
                    "the signed attributes are not those of this content, header and certificate");
        }
        boolean holds = SignatureVerifier.of(scheme.algorithmIdentifierDer())
                .orElseThrow()
                .verify(signer.getPublicKey(), required, signature);
        if (!holds) {
            throw new EnvelopeException(EnvelopeFailure.SIGNATURE_INVALID, "the signature does not hold");
        }
    }

    /// The header as it was signed. Believable only once the signature holds.
    ///
    /// @throws EnvelopeException MALFORMED unless it is one
    LetterHeader header() throws EnvelopeException {
        try {
            return LetterHeader.parse(headerDer);
        } catch (MalformedEnvelopeException e) {
            throw new EnvelopeException(EnvelopeFailure.MALFORMED, "what is signed as a header is none", e);
        }
    }

    /// Believable only once the signature holds.
    byte[] content() {
        return content;
    }

    /// Believable only once the signature holds.
    Instant signingTime() {
        return signingTime;
    }

    private static void requireLetterPurpose(ContentPurpose purpose) {
        if (purpose == ContentPurpose.FILE) {
            throw new IllegalArgumentException("a file is no letter's content");
        }
    }
}
