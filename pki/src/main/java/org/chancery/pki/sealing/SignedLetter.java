package org.chancery.pki.sealing;

import static org.chancery.pki.der.DerCursor.INTEGER;
import static org.chancery.pki.der.DerCursor.OBJECT_IDENTIFIER;
import static org.chancery.pki.der.DerCursor.OCTET_STRING;
import static org.chancery.pki.der.DerCursor.SEQUENCE;
import static org.chancery.pki.der.DerCursor.SET;
import static org.chancery.pki.der.DerCursor.constructed;
import static org.chancery.pki.der.DerCursor.primitive;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.cms.Cms;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.DerOutput;
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
    private static final byte[] SIGNED_DATA = Der.encode(CMSObjectIdentifiers.signedData);
    private static final byte[] SHA_256 = Der.encode(Cms.SHA_256);
    private static final Map<SignatureScheme, SignatureVerifier> VERIFIERS = verifiers();
    private static final int VERSION = 3;

    /// Everything around content, attributes and signature, with room to spare.
    private static final int AROUND = 384;

    private final byte[] contentTypeDer;
    private final byte[] content;
    private final byte[] signerKeyIdentifier;
    private final byte[] attributesDer;
    private final byte[] headerDer;
    private final byte[] certificateDer;
    private final Instant signingTime;
    private final byte[] algorithmDer;
    private final byte[] signature;

    private SignedLetter(
            byte[] contentTypeDer,
            byte[] content,
            byte[] signerKeyIdentifier,
            byte[] attributesDer,
            byte[] algorithmDer,
            byte[] signature)
            throws MalformedDerException {
        LetterAttributes.Found found = LetterAttributes.find(attributesDer);
        this.contentTypeDer = contentTypeDer;
        this.content = content;
        this.signerKeyIdentifier = signerKeyIdentifier;
        this.attributesDer = attributesDer;
        this.headerDer = found.headerDer();
        this.certificateDer = found.certificateDer();
        this.signingTime = time(found.signingTimeDer());
        this.algorithmDer = algorithmDer;
        this.signature = signature;
    }

    private static Map<SignatureScheme, SignatureVerifier> verifiers() {
        Map<SignatureScheme, SignatureVerifier> verifiers = new EnumMap<>(SignatureScheme.class);
        for (SignatureScheme scheme : SignatureScheme.values()) {
            verifiers.put(
                    scheme,
                    SignatureVerifier.of(scheme.algorithmIdentifierDer()).orElseThrow());
        }
        return verifiers;
    }

    private static Instant time(byte[] der) throws MalformedDerException {
        byte[] sequence = new DerOutput(der.length).put(der).within(SEQUENCE, 0).toByteArray();
        return DerCursor.of(sequence).enter(SEQUENCE).time();
    }

    /// Signs, and gives the DER.
    ///
    /// @throws IllegalArgumentException for the purpose FILE, which is never a letter's
    static byte[] sign(
            Identity signer, ContentPurpose purpose, LetterHeader header, byte[] content, Instant signingTime) {
        requireLetterPurpose(purpose);
        X509Certificate certificate = signer.chain().leaf();
        SignatureScheme scheme = SignatureScheme.forSignedData(certificate.getPublicKey());
        byte[] attributes =
                LetterAttributes.der(purpose, Cms.sha256(content), signingTime, Cms.sha256(certificate), header);
        return encode(
                LetterAttributes.purpose(purpose),
                content,
                Certificates.subjectKeyIdentifier(certificate),
                attributes,
                scheme.algorithmIdentifierDer(),
                signer.key().sign(scheme, attributes));
    }

    /// @throws EnvelopeException MALFORMED unless these octets are exactly as drawn above
    static SignedLetter parse(byte[] der) throws EnvelopeException {
        SignedLetter letter;
        try {
            letter = decode(DerCursor.of(der).enter(SEQUENCE));
        } catch (MalformedDerException e) {
            throw new EnvelopeException(EnvelopeFailure.MALFORMED, "what is encrypted is no SignedData", e);
        }
        if (!letter.encodesTo(der)) {
            throw new EnvelopeException(EnvelopeFailure.MALFORMED, "the SignedData is not in its canonical form");
        }
        return letter;
    }

    /// Only finds the parts; the rest is proved by encoding them again.
    private static SignedLetter decode(DerCursor contentInfo) throws MalformedDerException {
        contentInfo.enter(OBJECT_IDENTIFIER);
        DerCursor signedData = contentInfo.enter(constructed(0)).enter(SEQUENCE);
        signedData.enter(INTEGER);
        signedData.enter(SET);
        DerCursor encapContentInfo = signedData.enter(SEQUENCE);
        byte[] contentType = encapContentInfo.value(OBJECT_IDENTIFIER);
        byte[] content = encapContentInfo.enter(constructed(0)).contents(OCTET_STRING);
        DerCursor signerInfo = signedData.enter(SET).enter(SEQUENCE);
        signerInfo.enter(INTEGER);
        byte[] signerKeyIdentifier = signerInfo.contents(primitive(0));
        signerInfo.enter(SEQUENCE);
        byte[] attributes = signerInfo.contents(constructed(0));
        byte[] algorithm = signerInfo.value(SEQUENCE);
        return new SignedLetter(
                contentType,
                content,
                signerKeyIdentifier,
                new DerOutput(attributes.length + 4).value(SET, attributes).toByteArray(),
                algorithm,
                signerInfo.contents(OCTET_STRING));
    }

    private boolean encodesTo(byte[] der) {
        byte[] again = encode(contentTypeDer, content, signerKeyIdentifier, attributesDer, algorithmDer, signature);
        return Arrays.equals(again, der);
    }

    private static byte[] encode(
            byte[] contentTypeDer,
            byte[] content,
            byte[] signerKeyIdentifier,
            byte[] attributesDer,
            byte[] algorithmDer,
            byte[] signature) {
        DerOutput out = new DerOutput(AROUND + content.length + attributesDer.length + signature.length);
        out.value(OCTET_STRING, signature).put(algorithmDer);
        byte[] tagged = attributesDer.clone();
        tagged[0] = (byte) constructed(0); // IMPLICIT; what is signed has the tag of a SET
        out.put(tagged).put(SHA_256).value(primitive(0), signerKeyIdentifier).integer(VERSION);
        out.within(SEQUENCE, 0).within(SET, 0);
        int behindContent = out.size();
        out.value(OCTET_STRING, content).within(constructed(0), behindContent);
        out.put(contentTypeDer).within(SEQUENCE, behindContent);
        int behindDigests = out.size();
        out.put(SHA_256).within(SET, behindDigests).integer(VERSION);
        out.within(SEQUENCE, 0).within(constructed(0), 0);
        return out.put(SIGNED_DATA).within(SEQUENCE, 0).toByteArray();
    }

    /// @throws EnvelopeException WRONG_PURPOSE
    void requirePurpose(ContentPurpose expected) throws EnvelopeException {
        requireLetterPurpose(expected);
        if (!Arrays.equals(contentTypeDer, LetterAttributes.purpose(expected))) {
            throw new EnvelopeException(
                    EnvelopeFailure.WRONG_PURPOSE, "signed for another purpose, expected " + expected);
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
        byte[] certificate = Cms.sha256(signer);
        boolean named = Arrays.equals(signerKeyIdentifier, Certificates.subjectKeyIdentifier(signer))
                && Arrays.equals(certificateDer, LetterAttributes.signingCertificate(certificate));
        if (!named) {
            throw new EnvelopeException(EnvelopeFailure.SIGNER_UNKNOWN, "the signature names another certificate");
        }
        SignatureScheme scheme = SignatureScheme.forSignedData(signer.getPublicKey());
        if (!Arrays.equals(algorithmDer, scheme.algorithmIdentifierDer())) {
            throw new EnvelopeException(
                    EnvelopeFailure.UNSUPPORTED_ALGORITHM, "signed by another algorithm, must be " + scheme);
        }
        byte[] required = LetterAttributes.der(purpose, Cms.sha256(content), signingTime, certificate, header);
        if (!Arrays.equals(attributesDer, required)) {
            throw new EnvelopeException(
                    EnvelopeFailure.SIGNATURE_INVALID,
                    "the signed attributes are not those of this content, header and certificate");
        }
        boolean holds =
                Objects.requireNonNull(VERIFIERS.get(scheme)).verify(signer.getPublicKey(), required, signature);
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
