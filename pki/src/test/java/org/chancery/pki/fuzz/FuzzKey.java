package org.chancery.pki.fuzz;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.testing.TestPki;

/// The one key of everything a fuzzer is given, the same in every run, so that a corpus can be kept: the private key 1
/// of P-256, whose public key is the curve's base point.
final class FuzzKey {
    static final SigningKey KEY = make();
    /// A root of it.
    static final X509Certificate CERTIFICATE = CertificateSigner.sign(authority("Fuzz Root", "Fuzz Root", 1), KEY);

    private FuzzKey() {}

    /// A CA's certificate, before it is signed.
    static TbsCertificate authority(String subject, String issuer, int pathLength) {
        return certificate(subject, issuer)
                .extension(Extensions.basicConstraintsOfAuthority(pathLength))
                .extension(Extensions.keyUsage(Set.of(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN)))
                .build();
    }

    /// A person's, before it is signed.
    static TbsCertificate person(String address, String issuer) {
        return certificate(address, issuer)
                .extension(Extensions.basicConstraintsOfEndEntity())
                .extension(Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE)))
                .extension(Extensions.extendedKeyUsage(
                        List.of(ExtendedKeyUsage.CLIENT_AUTH, ExtendedKeyUsage.EMAIL_PROTECTION)))
                .extension(Extensions.subjectAlternativeName(List.of(new GeneralName.Rfc822(address)), false))
                .build();
    }

    private static TbsCertificate.Builder certificate(String subject, String issuer) {
        return TbsCertificate.builder()
                .serialNumber(new SerialNumber(BigInteger.valueOf((subject.hashCode() & 0x7fffffffL) | (1L << 40))))
                .issuer(name(issuer))
                .validity(new Validity(TestPki.NOW.minus(Duration.ofDays(1)), TestPki.NOW.plus(Duration.ofDays(90))))
                .subject(name(subject))
                .publicKey(KEY.publicKey())
                .extension(Extensions.subjectKeyIdentifier(KEY.publicKey()));
    }

    static DistinguishedName name(String commonName) {
        try {
            return DistinguishedName.of(commonName, Optional.empty());
        } catch (MalformedNameException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static SigningKey make() {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            ECParameterSpec parameters = curve.getParameterSpec(ECParameterSpec.class);
            KeyFactory factory = KeyFactory.getInstance("EC");
            return SigningKey.of(
                    factory.generatePrivate(new ECPrivateKeySpec(BigInteger.ONE, parameters)),
                    factory.generatePublic(new ECPublicKeySpec(parameters.getGenerator(), parameters)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
