package org.chancery.ca.issuance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.ca.profile.CertificateProfile;
import org.chancery.ca.profile.Circumstances;
import org.chancery.ca.profile.Grant;
import org.chancery.ca.profile.Publication;
import org.chancery.ca.profile.Wishes;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.request.CertificateRequest;

/// An authority that has been founded: its certificates, its ledger, and the way to its keys. Thread safe.
///
/// Opening one needs no passphrase; whatever signs takes one and fails before it has changed anything.
public final class Authority implements AutoCloseable {
    private final AuthorityHome home;
    private final AuthorityProperties properties;
    private final X509Certificate root;
    private final X509Certificate issuing;
    private final Ledger ledger;
    private final Clock clock;
    private final SecureRandom random;

    private Authority(
            AuthorityHome home,
            AuthorityProperties properties,
            List<X509Certificate> chain,
            Ledger ledger,
            Clock clock,
            SecureRandom random) {
        this.home = home;
        this.properties = properties;
        this.issuing = chain.getFirst();
        this.root = chain.getLast();
        this.ledger = ledger;
        this.clock = clock;
        this.random = random;
    }

    /// Opens an authority; close it after use.
    ///
    /// @throws AuthorityException if there is none in that directory, or its files contradict each other
    /// @throws IOException if one of them cannot be read
    public static Authority open(AuthorityHome home, Clock clock, SecureRandom random)
            throws IOException, AuthorityException {
        try {
            AuthorityProperties properties = AuthorityProperties.read(home.properties());
            List<X509Certificate> chain = chain(home.chainPem());
            if (!CaTemplates.permits(chain.getFirst(), properties.namespace())) {
                throw new AuthorityException(
                        AuthorityFailure.DAMAGED,
                        home.properties() + " names other domains or ranges than the issuing certificate permits");
            }
            return new Authority(home, properties, chain, Ledger.open(home.ledger(), clock), clock, random);
        } catch (NoSuchFileException e) {
            throw new AuthorityException(
                    AuthorityFailure.MISSING, "no authority in " + home.directory() + ": no " + e.getFile(), e);
        }
    }

    /// What a profile makes of a request here and now. Records nothing and signs nothing.
    public Grant decide(CertificateRequest request, CertificateProfile profile, Wishes wishes) throws LedgerException {
        return profile.decide(
                request,
                wishes,
                new Circumstances(
                        issuing,
                        properties.namespace(),
                        properties.url().map(url -> Publication.of(url, "root", "issuing")),
                        ledger.holder(request.deviceId()),
                        SerialNumber.random(random),
                        clock.instant()));
    }

    /// The issuing CA, its key unlocked.
    public Issuer issuer(Passphrase passphrase) throws IOException, KeyStoreFileException, AuthorityException {
        return new Issuer(issuing, key(home.issuingKeyStore(), passphrase, issuing), ledger);
    }

    /// Publishes the issuing CA's CRLs.
    public CrlPublisher issuingCrls(Passphrase passphrase)
            throws IOException, KeyStoreFileException, AuthorityException {
        SigningKey key = key(home.issuingKeyStore(), passphrase, issuing);
        return new CrlPublisher(issuing, key, ledger, home.issuingCrl(), clock);
    }

    /// Publishes the root's CRLs; empty where its key has been taken away.
    public Optional<CrlPublisher> rootCrls(Passphrase passphrase)
            throws IOException, KeyStoreFileException, AuthorityException {
        if (!Files.exists(home.rootKeyStore())) {
            return Optional.empty();
        }
        SigningKey key = key(home.rootKeyStore(), passphrase, root);
        return Optional.of(new CrlPublisher(root, key, ledger, home.rootCrl(), clock));
    }

    public AuthorityHome home() {
        return home;
    }

    public AuthorityProperties properties() {
        return properties;
    }

    public X509Certificate root() {
        return root;
    }

    public X509Certificate issuing() {
        return issuing;
    }

    public Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() throws LedgerException {
        ledger.close();
    }

    private static SigningKey key(Path file, Passphrase passphrase, X509Certificate certificate)
            throws IOException, KeyStoreFileException, AuthorityException {
        SigningKey key = KeyStoreFile.open(file, passphrase).key();
        if (!key.deviceId().equals(DeviceId.of(certificate.getPublicKey()))) {
            throw new AuthorityException(
                    AuthorityFailure.WRONG_KEY, file + " holds another key than its certificate names");
        }
        return key;
    }

    private static List<X509Certificate> chain(Path file) throws IOException, AuthorityException {
        try {
            List<byte[]> ders = Pem.derOf(Files.readAllBytes(file), PemLabel.CERTIFICATE);
            if (ders.size() == 2) {
                return List.of(Certificates.parse(ders.getFirst()), Certificates.parse(ders.getLast()));
            }
            throw new AuthorityException(
                    AuthorityFailure.DAMAGED, file + ": " + ders.size() + " certificates, issuing and root expected");
        } catch (MalformedPemException | MalformedCertificateException e) {
            throw new AuthorityException(AuthorityFailure.DAMAGED, file + ": " + e.getMessage(), e);
        }
    }
}
