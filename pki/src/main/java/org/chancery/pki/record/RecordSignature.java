package org.chancery.pki.record;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.cms.Cms;
import org.chancery.pki.cms.SignedAttributes;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.key.SignatureScheme;
import org.chancery.pki.signature.SignatureVerifier;

/// Somebody's signature in a record; whether it holds is for [SignedRecord#verify] to say. Everything a
/// SignerInfo has besides follows from these three and the content, so there is one encoding.
///
/// @param signer the certificate of the key that signs; the signature covers its hash
/// @param signingTime by the signer's clock, to the second
/// @param value over [#toBeSigned]: RSASSA-PSS with SHA-256 and a salt of 32 octets, or ECDSA
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record RecordSignature(X509Certificate signer, Instant signingTime, byte[] value) {

    public RecordSignature {
        signingTime = signingTime.truncatedTo(ChronoUnit.SECONDS);
        value = value.clone();
    }

    /// What a signer signs: the attributes content type, message digest, signing time and signing
    /// certificate.
    public static byte[] toBeSigned(
            ContentPurpose purpose, byte[] content, X509Certificate signer, Instant signingTime) {
        return Der.encode(attributes(purpose, content, signer, signingTime));
    }

    private static DERSet attributes(
            ContentPurpose purpose, byte[] content, X509Certificate signer, Instant signingTime) {
        return SignedAttributes.of(purpose, Cms.sha256(content), signingTime.truncatedTo(ChronoUnit.SECONDS), signer);
    }

    DERSequence signerInfo(ContentPurpose purpose, byte[] content) {
        return Cms.signerInfo(
                Certificates.subjectKeyIdentifier(signer),
                attributes(purpose, content, signer, signingTime),
                AlgorithmIdentifier.getInstance(scheme().algorithmIdentifierDer()),
                value);
    }

    /// What cannot be computed of a SignerInfo, and which of the certificates it names.
    static RecordSignature read(ASN1Sequence signerInfo, Iterable<X509Certificate> certificates) throws IOException {
        ASN1Set attributes = ASN1Set.getInstance(ASN1TaggedObject.getInstance(signerInfo.getObjectAt(3)), false);
        byte[] named = SigningCertificateV2.getInstance(
                        SignedAttributes.value(attributes, SignedAttributes.SIGNING_CERTIFICATE))
                .getCerts()[0]
                .getCertHash();
        for (X509Certificate certificate : certificates) {
            if (Arrays.equals(named, Cms.sha256(certificate))) {
                return new RecordSignature(
                        certificate,
                        DerTime.read(SignedAttributes.value(attributes, CMSAttributes.signingTime)),
                        ASN1OctetString.getInstance(signerInfo.getObjectAt(5)).getOctets());
            }
        }
        throw new IllegalArgumentException("the certificate of a signer is not there");
    }

    boolean holds(ContentPurpose purpose, byte[] content) {
        return SignatureVerifier.of(scheme().algorithmIdentifierDer())
                .orElseThrow()
                .verify(signer.getPublicKey(), toBeSigned(purpose, content, signer, signingTime), value);
    }

    private SignatureScheme scheme() {
        return SignatureScheme.forSignedData(signer.getPublicKey());
    }

    @Override
    public byte[] value() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordSignature that
                && signer.equals(that.signer)
                && signingTime.equals(that.signingTime)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * signer.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "RecordSignature[" + signer.getSubjectX500Principal() + " at " + signingTime + "]";
    }
}
