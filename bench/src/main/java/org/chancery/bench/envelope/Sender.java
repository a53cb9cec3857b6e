package org.chancery.bench.envelope;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyPairs;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;

/// Who writes, certified by an authority made for the purpose, and judged as a reader would.
record Sender(Identity identity, ValidatedPath path) {
    private static final String ADDRESS = "writer@lab.example";
    private static final Duration LIFETIME = Duration.ofDays(1);

    static Sender of(SigningKey key, Instant now, SecureRandom random) throws Exception {
        SigningKey rootKey = KeyPairs.generate(KeyAlgorithm.EC_P256, random);
        DistinguishedName rootName = DistinguishedName.of("Bench Root CA", Optional.empty());
        X509Certificate root = CertificateSigner.sign(
                common(rootKey, now, random)
                        .issuer(rootName)
                        .subject(rootName)
                        .extension(Extensions.basicConstraintsOfAuthority(0))
                        .extension(Extensions.keyUsage(Set.of(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN)))
                        .extension(Extensions.subjectKeyIdentifier(rootKey.publicKey()))
                        .build(),
                rootKey);
        X509Certificate leaf = CertificateSigner.sign(
                common(key, now, random)
                        .issuer(rootName)
                        .subject(DistinguishedName.of(ADDRESS, Optional.empty()))
                        .extension(Extensions.basicConstraintsOfEndEntity())
                        .extension(Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT)))
                        .extension(Extensions.extendedKeyUsage(
                                List.of(ExtendedKeyUsage.CLIENT_AUTH, ExtendedKeyUsage.EMAIL_PROTECTION)))
                        .extension(Extensions.subjectKeyIdentifier(key.publicKey()))
                        .extension(Extensions.authorityKeyIdentifier(Certificates.subjectKeyIdentifier(root)))
                        .extension(Extensions.subjectAlternativeName(List.of(new GeneralName.Rfc822(ADDRESS)), false))
                        .build(),
                rootKey);
        ValidatedPath path = new PathValidator(TrustAnchors.of(root))
                .validate(ValidationRequest.of(leaf)
                        .purpose(Purpose.CLIENT)
                        .at(now)
                        .revocation(new Revocation.NotChecked()));
        return new Sender(new Identity(key, CertificateChain.of(leaf)), path);
    }

    private static TbsCertificate.Builder common(SigningKey key, Instant now, SecureRandom random) {
        return TbsCertificate.builder()
                .serialNumber(SerialNumber.random(random))
                .validity(new Validity(now.minus(LIFETIME), now.plus(LIFETIME)))
                .publicKey(key.publicKey());
    }
}
