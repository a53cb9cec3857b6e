package org.chancery.pki.testing;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.IpRange;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSigner;
import org.chancery.pki.revocation.RevokedCertificate;

/// A CA certificate and its key.
///
/// @param certificate with basicConstraints, keyCertSign and cRLSign, and no extended key usage
public record TestAuthority(SigningKey key, X509Certificate certificate) {
    /// @param random draws the serial number
    static TestAuthority root(SigningKey key, DistinguishedName name, Validity validity, SecureRandom random) {
        TbsCertificate tbs = authority(key, name, validity, 1, random)
                .issuer(name)
                .extension(Extensions.subjectKeyIdentifier(key.publicKey()))
                .build();
        return new TestAuthority(key, CertificateSigner.sign(tbs, key));
    }

    /// An issuing CA, held to `lab.example` and what lies below, and to loopback and private addresses.
    TestAuthority issuing(SigningKey subordinateKey, DistinguishedName name, Validity validity, SecureRandom random) {
        TbsCertificate tbs = authority(subordinateKey, name, validity, 0, random)
                .issuer(name())
                .extension(Extensions.subjectKeyIdentifier(subordinateKey.publicKey()))
                .extension(Extensions.authorityKeyIdentifier(Certificates.subjectKeyIdentifier(certificate)))
                .extension(nameConstraints())
                .build();
        return new TestAuthority(subordinateKey, sign(tbs));
    }

    /// Signs whatever a test has made up.
    public X509Certificate sign(TbsCertificate tbs) {
        return CertificateSigner.sign(tbs, key);
    }

    /// The name it issues under.
    public DistinguishedName name() {
        return DistinguishedName.of(certificate.getSubjectX500Principal());
    }

    X509Certificate sign(TestLeaf leaf, SecureRandom random) {
        return sign(leaf.issuedBy(name(), Certificates.subjectKeyIdentifier(certificate), random));
    }

    /// A CRL of this authority that covers the time given.
    public Crl crl(long number, Instant thisUpdate, Duration validFor, List<RevokedCertificate> revoked) {
        return CrlSigner.sign(
                certificate, key, BigInteger.valueOf(number), thisUpdate, thisUpdate.plus(validFor), revoked);
    }

    private static TbsCertificate.Builder authority(
            SigningKey key, DistinguishedName subject, Validity validity, int pathLength, SecureRandom random) {
        return TbsCertificate.builder()
                .serialNumber(SerialNumber.random(random))
                .validity(validity)
                .subject(subject)
                .publicKey(key.publicKey())
                .extension(Extensions.basicConstraintsOfAuthority(pathLength))
                .extension(Extensions.keyUsage(Set.of(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN)));
    }

    private static Extension nameConstraints() {
        return Extensions.nameConstraints(
                List.of(TestPki.DOMAIN),
                List.of(TestPki.DOMAIN, "." + TestPki.DOMAIN),
                List.of(
                        range("127.0.0.0/8"),
                        range("10.0.0.0/8"),
                        range("172.16.0.0/12"),
                        range("192.168.0.0/16"),
                        range("::1/128"),
                        range("fd00::/8")));
    }

    private static IpRange range(String cidr) {
        try {
            return IpRange.parse(cidr);
        } catch (MalformedNameException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
