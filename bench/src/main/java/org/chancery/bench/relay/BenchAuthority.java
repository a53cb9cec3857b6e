package org.chancery.bench.relay;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSigner;

/// Two tiers as `ca init` makes them by default, with the keys at hand: root RSA 4096, issuing CA RSA 3072, people
/// RSA 3072, relays P-256 (Chancery's) and RSA 3072 (the peers'). Kept in a directory from run to run.
public final class BenchAuthority {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LIFETIME = Duration.ofDays(30);

    private final Identity root;
    private final Identity issuing;

    private BenchAuthority(Identity root, Identity issuing) {
        this.root = root;
        this.issuing = issuing;
    }

    /// Opens or makes the authority, with `relay.p12` and what the peers read beside it.
    public static BenchAuthority in(Path directory) throws IOException, KeyStoreFileException {
        Path root = directory.resolve("root.p12");
        Path issuing = directory.resolve("issuing.p12");
        if (Files.exists(issuing)) {
            BenchAuthority kept = new BenchAuthority(open(root), open(issuing));
            if (kept.issuing
                    .chain()
                    .leaf()
                    .getNotAfter()
                    .toInstant()
                    .isAfter(Instant.now().plus(LIFETIME.dividedBy(2)))) {
                return kept;
            }
            Files.deleteIfExists(directory.resolve("people"));
        }
        Files.createDirectories(directory);
        BenchAuthority made = make();
        save(root, made.root, List.of());
        save(
                directory.resolve("relay.p12"),
                made.relay(KeyAlgorithm.EC_P256),
                List.of(made.root.chain().leaf()));
        made.writePeers(directory);
        save(issuing, made.issuing, List.of());
        return made;
    }

    private static BenchAuthority make() {
        SigningKey rootKey = KeyPairs.generate(KeyAlgorithm.RSA_4096, RANDOM);
        DistinguishedName rootName = name("Bench Root CA");
        X509Certificate root = CertificateSigner.sign(
                authority(rootKey, rootName, 1)
                        .issuer(rootName)
                        .extension(Extensions.subjectKeyIdentifier(rootKey.publicKey()))
                        .build(),
                rootKey);
        SigningKey issuingKey = KeyPairs.generate(KeyAlgorithm.RSA_3072, RANDOM);
        X509Certificate issuing = CertificateSigner.sign(
                authority(issuingKey, name("Bench Issuing CA"), 0)
                        .issuer(rootName)
                        .extension(Extensions.subjectKeyIdentifier(issuingKey.publicKey()))
                        .extension(Extensions.authorityKeyIdentifier(Certificates.subjectKeyIdentifier(root)))
                        .build(),
                rootKey);
        return new BenchAuthority(
                new Identity(rootKey, CertificateChain.of(root)),
                new Identity(issuingKey, CertificateChain.of(issuing, root)));
    }

    private static TbsCertificate.Builder authority(SigningKey key, DistinguishedName subject, int pathLength) {
        return common(key, subject)
                .extension(Extensions.basicConstraintsOfAuthority(pathLength))
                .extension(Extensions.keyUsage(Set.of(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN)));
    }

    private static TbsCertificate.Builder common(SigningKey key, DistinguishedName subject) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return TbsCertificate.builder()
                .serialNumber(SerialNumber.random(RANDOM))
                .validity(new Validity(now.minus(Duration.ofMinutes(5)), now.plus(LIFETIME)))
                .subject(subject)
                .publicKey(key.publicKey());
    }

    private static DistinguishedName name(String commonName) {
        try {
            return DistinguishedName.of(commonName, Optional.empty());
        } catch (MalformedNameException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public X509Certificate rootCertificate() {
        return root.chain().leaf();
    }

    byte[] issuingDer() {
        return Certificates.der(issuing.chain().leaf());
    }

    /// The certificate of a person's device.
    byte[] person(SigningKey key, String address) {
        return Certificates.der(leaf(
                key,
                name(address),
                List.of(new GeneralName.Rfc822(address)),
                Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT),
                List.of(ExtendedKeyUsage.CLIENT_AUTH, ExtendedKeyUsage.EMAIL_PROTECTION)));
    }

    /// A device of an address.
    public Identity device(SigningKey key, String address) {
        return new Identity(
                key,
                CertificateChain.of(
                        leaf(
                                key,
                                name(address),
                                List.of(new GeneralName.Rfc822(address)),
                                Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT),
                                List.of(ExtendedKeyUsage.CLIENT_AUTH, ExtendedKeyUsage.EMAIL_PROTECTION)),
                        issuing.chain().leaf()));
    }

    /// The root's list and the issuing CA's, fresh and empty.
    public List<Crl> crls() {
        return Stream.of(root, issuing).map(BenchAuthority::crl).toList();
    }

    private static Crl crl(Identity authority) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return CrlSigner.sign(
                authority.chain().leaf(),
                authority.key(),
                BigInteger.valueOf(now.getEpochSecond()),
                now.minus(Duration.ofMinutes(5)),
                now.plus(LIFETIME),
                List.of());
    }

    private Identity relay(KeyAlgorithm algorithm) {
        SigningKey key = KeyPairs.generate(algorithm, RANDOM);
        X509Certificate certificate = leaf(
                key,
                DistinguishedName.EMPTY,
                List.of(new GeneralName.Ip(InetAddress.ofLiteral("127.0.0.1"))),
                Set.of(KeyUsage.DIGITAL_SIGNATURE),
                List.of(ExtendedKeyUsage.SERVER_AUTH));
        return new Identity(
                key, CertificateChain.of(certificate, issuing.chain().leaf()));
    }

    private X509Certificate leaf(
            SigningKey key,
            DistinguishedName subject,
            List<GeneralName> names,
            Set<KeyUsage> usages,
            List<ExtendedKeyUsage> purposes) {
        X509Certificate issuer = issuing.chain().leaf();
        return CertificateSigner.sign(
                common(key, subject)
                        .issuer(DistinguishedName.of(issuer.getSubjectX500Principal()))
                        .extension(Extensions.basicConstraintsOfEndEntity())
                        .extension(Extensions.keyUsage(usages))
                        .extension(Extensions.extendedKeyUsage(purposes))
                        .extension(Extensions.subjectKeyIdentifier(key.publicKey()))
                        .extension(Extensions.authorityKeyIdentifier(Certificates.subjectKeyIdentifier(issuer)))
                        .extension(Extensions.subjectAlternativeName(names, subject.isEmpty()))
                        .build(),
                issuing.key());
    }

    /// `root.pem`, `peer.pem` (leaf and issuing CA) and `peer.key`, for mosquitto and nats-server.
    private void writePeers(Path directory) throws IOException {
        Identity peer = relay(KeyAlgorithm.RSA_3072);
        write(directory.resolve("root.pem"), Pem.encode(PemLabel.CERTIFICATE, Certificates.der(rootCertificate())));
        StringBuilder chain = new StringBuilder();
        peer.chain()
                .certificates()
                .forEach(certificate -> chain.append(Pem.encode(PemLabel.CERTIFICATE, Certificates.der(certificate))));
        write(directory.resolve("peer.pem"), chain.toString());
        write(
                directory.resolve("peer.key"),
                Pem.encode(PemLabel.PRIVATE_KEY, peer.key().exposedPrivateKey().getEncoded()));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    private static void save(Path file, Identity identity, List<X509Certificate> trusted) throws IOException {
        try (Passphrase none = Passphrase.none()) {
            KeyStoreFile.create(
                    file,
                    none,
                    new KeyStoreFile.Contents(identity.key(), identity.chain().certificates(), trusted),
                    true,
                    RANDOM);
        }
    }

    private static Identity open(Path file) throws IOException, KeyStoreFileException {
        try (Passphrase none = Passphrase.none()) {
            return KeyStoreFile.open(file, none).identity();
        }
    }
}
