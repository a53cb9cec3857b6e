package org.chancery.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;

/// Makes Mallory's certificates, each with one fault: signed by the lab's own issuing CA, or by nobody the lab knows.
/// His key is always the same, and good.
final class Forge {
    private static final SigningKey KEY = KeyPairs.generate(KeyAlgorithm.RSA_3072, new SecureRandom());

    private final Lab lab;
    private final SigningKey issuerKey;
    private final X509Certificate issuer;
    private final Address mallory;
    private final DistinguishedName subject;
    private final SecureRandom random = new SecureRandom();
    private final Instant now = Instant.now();

    private Forge(Lab lab, SigningKey issuerKey, X509Certificate issuer) throws MalformedNameException {
        this.lab = lab;
        this.issuerKey = issuerKey;
        this.issuer = issuer;
        this.mallory = Address.parse("mallory@lab.example");
        this.subject = DistinguishedName.of(mallory.value(), Optional.empty());
    }

    static Forge in(Lab lab) throws IOException, KeyStoreFileException, MalformedNameException {
        KeyStoreFile authority = lab.keystore("ca/issuing");
        return new Forge(lab, authority.key(), authority.identity().chain().leaf());
    }

    /// One fault, or none.
    enum Fault {
        NONE,
        EXPIRED,
        NOT_YET_VALID,
        WRONG_PURPOSE,
        WRONG_ISSUER,
        SELF_SIGNED
    }

    /// Writes `<name>.p12` and `<name>.pem`: Mallory's key, and a certificate with the fault.
    void write(String name, Fault fault) throws IOException, KeyStoreFileException {
        X509Certificate leaf = leaf(fault);
        List<X509Certificate> chain = fault == Fault.SELF_SIGNED ? List.of(leaf) : List.of(leaf, issuer);
        lab.writeKeystore(
                name,
                new KeyStoreFile.Contents(
                        KEY,
                        chain,
                        lab.keystore("alice").anchors().certificates().stream().toList()));
        Files.writeString(lab.path(name + ".pem"), pem(leaf));
    }

    private X509Certificate leaf(Fault fault) {
        return switch (fault) {
            case NONE -> issued(days(-1, 30), ExtendedKeyUsage.CLIENT_AUTH, issuerKey);
            case EXPIRED -> issued(days(-30, -1), ExtendedKeyUsage.CLIENT_AUTH, issuerKey);
            case NOT_YET_VALID -> issued(days(1, 30), ExtendedKeyUsage.CLIENT_AUTH, issuerKey);
            case WRONG_PURPOSE -> issued(days(-1, 30), ExtendedKeyUsage.SERVER_AUTH, issuerKey);
            case WRONG_ISSUER ->
                issued(days(-1, 30), ExtendedKeyUsage.CLIENT_AUTH, KeyPairs.generate(KeyAlgorithm.EC_P256, random));
            case SELF_SIGNED -> selfSigned();
        };
    }

    private X509Certificate issued(Validity validity, ExtendedKeyUsage purpose, SigningKey signer) {
        TbsCertificate tbs = person(KEY.publicKey(), validity, purpose)
                .issuer(DistinguishedName.of(issuer.getSubjectX500Principal()))
                .extension(Extensions.authorityKeyIdentifier(Certificates.subjectKeyIdentifier(issuer)))
                .build();
        return CertificateSigner.sign(tbs, signer);
    }

    private X509Certificate selfSigned() {
        TbsCertificate tbs = person(KEY.publicKey(), days(-1, 30), ExtendedKeyUsage.CLIENT_AUTH)
                .issuer(subject)
                .build();
        return CertificateSigner.sign(tbs, KEY);
    }

    private TbsCertificate.Builder person(PublicKey publicKey, Validity validity, ExtendedKeyUsage purpose) {
        return TbsCertificate.builder()
                .serialNumber(SerialNumber.random(random))
                .validity(validity)
                .subject(subject)
                .publicKey(publicKey)
                .extension(Extensions.basicConstraintsOfEndEntity())
                .extension(Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT)))
                .extension(Extensions.extendedKeyUsage(List.of(purpose)))
                .extension(Extensions.subjectKeyIdentifier(publicKey))
                .extension(Extensions.subjectAlternativeName(List.of(GeneralName.Rfc822.of(mallory)), false));
    }

    private Validity days(int from, int to) {
        return new Validity(now.plus(Duration.ofDays(from)), now.plus(Duration.ofDays(to)));
    }

    static String pem(X509Certificate certificate) {
        try {
            return Pem.encode(PemLabel.CERTIFICATE, certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
