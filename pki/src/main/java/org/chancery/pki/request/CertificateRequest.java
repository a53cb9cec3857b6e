package org.chancery.pki.request;

import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.key.KeyPolicy;
import org.chancery.pki.key.PublicKeys;
import org.chancery.pki.key.WeakKeyException;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.signature.SignedStructure;

/// A PKCS #10 request whose sender has proved to hold the private key: [#parse] is the only way to one. Immutable.
///
/// ```
/// CertificationRequestInfo ::= SEQUENCE {
///     version 0, subject Name, subjectPKInfo SubjectPublicKeyInfo, attributes [0] IMPLICIT SET OF Attribute }
/// ```
public final class CertificateRequest {
    /// Requests are one or two KiB; post-quantum ones will be ten.
    public static final int MAX_OCTETS = 64 * 1024;

    private final byte[] der;
    private final PublicKey publicKey;
    private final DistinguishedName subject;
    private final RequestedExtensions requested;

    private CertificateRequest(
            byte[] der, PublicKey publicKey, DistinguishedName subject, RequestedExtensions requested) {
        this.der = der;
        this.publicKey = publicKey;
        this.subject = subject;
        this.requested = requested;
    }

    /// Reads a request and proves possession: its signature must verify under the key it carries.
    ///
    /// @throws CertificateRequestException if it is malformed, too large, its key or signature algorithm is
    ///     not good enough, or the signature does not verify
    public static CertificateRequest parse(byte[] der) throws CertificateRequestException {
        if (der.length > MAX_OCTETS) {
            throw new CertificateRequestException(
                    CertificateRequestFailure.TOO_LARGE,
                    "request of %d octets, at most %d".formatted(der.length, MAX_OCTETS));
        }
        byte[] own = der.clone();
        SignedStructure signed;
        CertificateRequest request;
        try {
            signed = SignedStructure.parseStrictly(own);
            request = Der.<CertificateRequest, CertificateRequestException>read(
                    signed.toBeSignedDer(), info -> read(own, ASN1Sequence.getInstance(info)));
        } catch (MalformedDerException e) {
            throw malformed(e);
        }
        request.provePossession(signed);
        return request;
    }

    /// What was requested for a certificate, as if it came again: its key, whose possession was proved then, its
    /// subject and its names.
    ///
    /// @param certificate issued by whoever reads the request
    /// @throws CertificateRequestException if its key would not be accepted any more, or its names do not parse
    public static CertificateRequest again(X509Certificate certificate) throws CertificateRequestException {
        try {
            KeyPolicy.ACCEPT.check(certificate.getPublicKey());
        } catch (WeakKeyException e) {
            throw CertificateRequestException.weakKey(
                    DeviceId.of(certificate.getPublicKey()), "key of the certificate: ", e);
        }
        return named(certificate, certificate.getPublicKey());
    }

    /// The key of this request, whose possession is proved, with the subject and the names of a certificate and
    /// nothing else; but this one itself if it asks to be a CA, so that whoever decides sees that.
    ///
    /// @throws CertificateRequestException if the certificate's names do not parse
    public CertificateRequest withNamesOf(X509Certificate certificate) throws CertificateRequestException {
        if (requestsAuthority()) {
            return this;
        }
        return named(certificate, publicKey);
    }

    private static CertificateRequest named(X509Certificate certificate, PublicKey key)
            throws CertificateRequestException {
        try {
            return new CertificateRequest(
                    Certificates.der(certificate),
                    key,
                    DistinguishedName.of(certificate.getSubjectX500Principal()),
                    RequestedExtensions.ofNames(GeneralNames.subjectAlternativeNames(certificate)));
        } catch (MalformedNameException e) {
            throw malformed(e);
        }
    }

    private static CertificateRequest read(byte[] der, ASN1Sequence info)
            throws IOException, CertificateRequestException {
        if (info.size() < 3
                || info.size() > 4
                || !ASN1Integer.getInstance(info.getObjectAt(0)).hasValue(0)) {
            throw new IOException("not a CertificationRequestInfo of version 1");
        }
        try {
            return new CertificateRequest(
                    der,
                    publicKey(info.getObjectAt(2)),
                    DistinguishedName.of(new X500Principal(
                            X500Name.getInstance(info.getObjectAt(1)).getEncoded())),
                    RequestedExtensions.read(attributes(info)));
        } catch (MalformedNameException e) {
            throw malformed(e);
        }
    }

    private static PublicKey publicKey(ASN1Encodable subjectPublicKeyInfo)
            throws IOException, CertificateRequestException {
        byte[] keyDer = subjectPublicKeyInfo.toASN1Primitive().getEncoded();
        try {
            PublicKey key = PublicKeys.parse(keyDer);
            // The floor for verifying anything; what may be certified is for the profile to say.
            KeyPolicy.ACCEPT.check(key);
            return key;
        } catch (WeakKeyException e) {
            throw CertificateRequestException.weakKey(DeviceId.ofKeyDer(keyDer), "key in the request: ", e);
        }
    }

    /// RFC 2986 has the attributes always there, be they empty; some senders leave them out.
    private static ASN1Set attributes(ASN1Sequence info) {
        return info.size() == 3
                ? new DERSet()
                : ASN1Set.getInstance(
                        ASN1TaggedObject.getInstance(info.getObjectAt(3), BERTags.CONTEXT_SPECIFIC, 0), false);
    }

    private void provePossession(SignedStructure signed) throws CertificateRequestException {
        if (signed.verifier().isEmpty()) {
            throw new CertificateRequestException(
                    CertificateRequestFailure.SIGNATURE_ALGORITHM_UNSUPPORTED,
                    "signed neither by RSA nor by ECDSA with SHA-256, SHA-384 or SHA-512");
        }
        if (!signed.verifiedBy(publicKey)) {
            throw new CertificateRequestException(
                    CertificateRequestFailure.SIGNATURE_INVALID,
                    "the signature does not verify under the key in the request");
        }
    }

    private static CertificateRequestException malformed(Exception e) {
        return new CertificateRequestException(
                CertificateRequestFailure.MALFORMED, "not a PKCS #10 request: " + e.getMessage(), e);
    }

    /// The key whose possession is proved.
    public PublicKey publicKey() {
        return publicKey;
    }

    /// The device that key makes.
    public DeviceId deviceId() {
        return DeviceId.of(publicKey);
    }

    /// The subject asked for; nothing is authenticated by it.
    public DistinguishedName subject() {
        return subject;
    }

    /// The subjectAlternativeName asked for; empty if there is none.
    public List<GeneralName> requestedNames() {
        return requested.names();
    }

    /// Whether it asks to be a CA: `CA:TRUE`, keyCertSign or cRLSign.
    public boolean requestsAuthority() {
        return requested.authority();
    }

    /// The extensions asked for, dotted, in order.
    public List<String> requestedExtensionOids() {
        return requested.extensions().stream().map(Extension::oid).toList();
    }

    /// The extensions asked for, in order; nothing obliges an authority to grant one.
    public List<Extension> requestedExtensions() {
        return requested.extensions();
    }

    /// The request as received; of one that was not, the certificate its names are from.
    public byte[] der() {
        return der.clone();
    }

    @Override
    public String toString() {
        return "CertificateRequest[" + subject + ", device " + deviceId() + "]";
    }
}
