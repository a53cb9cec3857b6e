package org.chancery.pki.certificate;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.key.SignatureScheme;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.signature.SignedStructure;

/// Signs certificates. It has no opinion on what they say: whoever calls it has decided, linted and recorded.
public final class CertificateSigner {
    private CertificateSigner() {}

    /// Signs with sha256WithRSAEncryption or ECDSA, after the issuer's key.
    ///
    /// @throws IllegalStateException if the issuer's key is damaged; no certificate exists then
    public static X509Certificate sign(TbsCertificate tbs, SigningKey issuerKey) {
        return sign(toBeSigned(tbs, issuerKey.publicKey()), issuerKey);
    }

    /// Signs a TBSCertificate that [#toBeSigned] made for the same key: the very octets that were looked at before.
    ///
    /// @throws IllegalStateException if the issuer's key is damaged; no certificate exists then
    public static X509Certificate sign(byte[] tbsDer, SigningKey issuerKey) {
        byte[] der = SignedStructure.sign(tbsDer, issuerKey);
        try {
            return Certificates.parse(der);
        } catch (MalformedCertificateException e) {
            throw new IllegalArgumentException("not a certificate that could be read again: " + e.getMessage(), e);
        }
    }

    /// The TBSCertificate in DER as a key signs it, for those who want to look before.
    public static byte[] toBeSigned(TbsCertificate tbs, PublicKey issuerKey) {
        SignatureScheme scheme = SignatureScheme.forCertificates(issuerKey);
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(tbs.serialNumber().value()));
        generator.setSignature(AlgorithmIdentifier.getInstance(scheme.algorithmIdentifierDer()));
        generator.setIssuer(X500Name.getInstance(tbs.issuer().principal().getEncoded()));
        generator.setStartDate(Time.getInstance(DerTime.of(tbs.validity().notBefore())));
        generator.setEndDate(Time.getInstance(DerTime.of(tbs.validity().notAfter())));
        generator.setSubject(X500Name.getInstance(tbs.subject().principal().getEncoded()));
        generator.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(tbs.publicKey().getEncoded()));
        if (!tbs.extensions().isEmpty()) {
            generator.setExtensions(encode(tbs.extensions()));
        }
        return Der.encode(generator.generateTBSCertificate());
    }

    private static org.bouncycastle.asn1.x509.Extensions encode(List<Extension> extensions) {
        return new org.bouncycastle.asn1.x509.Extensions(extensions.stream()
                .map(extension -> new org.bouncycastle.asn1.x509.Extension(
                        new ASN1ObjectIdentifier(extension.oid()), extension.critical(), extension.der()))
                .toArray(org.bouncycastle.asn1.x509.Extension[]::new));
    }
}
