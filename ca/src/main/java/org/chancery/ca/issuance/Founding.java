package org.chancery.ca.issuance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.ledger.KeyTakenException;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.ca.ledger.Origin;
import org.chancery.ca.ledger.Particulars;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.key.KeyPairs;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;

/// Makes an authority: keys, certificates, ledger, first CRLs.
///
/// Everything is made in a directory beside the home ([NewDirectory]) that takes the home's name in one step
/// at the very end. Interrupted before, there is no authority and nothing that a second attempt would trip
/// on; after, there is a whole one.
public final class Founding {
    private final Clock clock;
    private final SecureRandom random;

    public Founding(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /// Founds an authority.
    ///
    /// @param keepAside whether what is in the directory already may be renamed; it is never written into or
    ///     deleted
    /// @throws AuthorityException if the plan is none, or the directory is not empty and must stay
    /// @throws IOException if something cannot be written; nothing is left behind
    public Founded found(FoundingPlan plan, AuthorityHome home, Passphrase passphrase, boolean keepAside)
            throws AuthorityException, IOException {
        plan.check();
        try (NewDirectory directory = NewDirectory.beside(home.directory(), keepAside)) {
            Founded made = make(plan, new AuthorityHome(directory.path()), passphrase);
            Optional<Path> keptAside = directory.takePlace(clock.instant());
            return new Founded(
                    home,
                    made.root(),
                    made.issuing(),
                    made.rootCrlNextUpdate(),
                    made.issuingCrlNextUpdate(),
                    keptAside);
        }
    }

    private Founded make(FoundingPlan plan, AuthorityHome home, Passphrase passphrase)
            throws AuthorityException, IOException {
        SigningKey rootKey = KeyPairs.generate(plan.root().keyAlgorithm(), random);
        SigningKey issuingKey = KeyPairs.generate(plan.issuing().keyAlgorithm(), random);
        Instant now = clock.instant();
        try (Ledger ledger = Ledger.create(home.ledger(), clock)) {
            ledger.recordFounding(plan.name());
            X509Certificate root =
                    issue(ledger, Ledger.ROOT, CaTemplates.root(plan, rootKey.publicKey(), now, random), rootKey);
            X509Certificate issuing = issue(
                    ledger,
                    Ledger.ISSUING,
                    CaTemplates.issuing(plan, issuingKey.publicKey(), root, now, random),
                    rootKey);
            write(home.rootKeyStore(), passphrase, rootKey, List.of(root));
            write(home.issuingKeyStore(), passphrase, issuingKey, List.of(issuing, root));
            write(home.rootPem(), List.of(root));
            write(home.chainPem(), List.of(issuing, root));
            new AuthorityProperties(plan.name(), plan.namespace(), plan.url(), passphrase.isNone())
                    .write(home.properties());
            Files.createDirectory(
                    home.crlDirectory(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            var rootCrls = new CrlPublisher(root, rootKey, ledger, home.rootCrl(), clock);
            var issuingCrls = new CrlPublisher(issuing, issuingKey, ledger, home.issuingCrl(), clock);
            return new Founded(
                    home,
                    root,
                    issuing,
                    rootCrls.publish(CrlPublisher.ROOT_LIFETIME).nextUpdate(),
                    issuingCrls.publish(CrlPublisher.ISSUING_LIFETIME).nextUpdate(),
                    Optional.empty());
        }
    }

    private static X509Certificate issue(Ledger ledger, String profile, TbsCertificate tbs, SigningKey issuerKey)
            throws LedgerException {
        Particulars particulars = new Particulars(
                tbs.serialNumber(),
                issuerKey.deviceId(),
                profile,
                Optional.empty(),
                DeviceId.of(tbs.publicKey()),
                tbs.subject().commonName().orElseThrow(),
                tbs.validity(),
                Origin.NEW);
        try {
            ledger.recordIntent(particulars, tbs.publicKey());
        } catch (KeyTakenException e) {
            throw new IllegalStateException("a key made a moment ago is taken", e);
        }
        X509Certificate certificate = CertificateSigner.sign(tbs, issuerKey);
        ledger.recordIssued(tbs.serialNumber(), Certificates.der(certificate));
        return certificate;
    }

    private void write(Path file, Passphrase passphrase, SigningKey key, List<X509Certificate> chain)
            throws IOException {
        KeyStoreFile.create(file, passphrase, new KeyStoreFile.Contents(key, chain, List.of()), false, random);
    }

    private static void write(Path file, List<X509Certificate> certificates) throws IOException {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append(Pem.encode(PemLabel.CERTIFICATE, Certificates.der(certificate)));
        }
        AtomicFile.write(file, pem.toString().getBytes(StandardCharsets.US_ASCII), Access.PUBLIC, false);
    }
}
