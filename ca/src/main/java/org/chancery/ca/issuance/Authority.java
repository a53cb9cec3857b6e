package org.chancery.ca.issuance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chancery.ca.key.CaKey;
import org.chancery.ca.key.CaKeyException;
import org.chancery.ca.ledger.Deed;
import org.chancery.ca.ledger.KeyHolder;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.ca.ledger.Modulus;
import org.chancery.ca.profile.CertificateProfile;
import org.chancery.ca.profile.Circumstances;
import org.chancery.ca.profile.Grant;
import org.chancery.ca.profile.IssuingProfile;
import org.chancery.ca.profile.Publication;
import org.chancery.ca.profile.RefusalReason;
import org.chancery.ca.profile.Wishes;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.request.CertificateRequest;
import org.chancery.pki.revocation.Crl;

/// An authority that has been founded: its certificates, its ledger, and the way to its keys. Thread safe.
///
/// Opening one needs no passphrase; whatever signs takes one and fails before it has changed anything.
public final class Authority implements AutoCloseable {
    private final AuthorityHome home;
    private final AuthorityProperties properties;
    private final Cas cas;
    private final Ca root;
    private final Ca issuing;
    private final Ledger ledger;
    private final KnownModuli moduli;
    private final Clock clock;
    private final SecureRandom random;

    private Authority(
            AuthorityHome home,
            AuthorityProperties properties,
            Cas cas,
            List<Ca> chain,
            Ledger ledger,
            Clock clock,
            SecureRandom random) {
        this.home = home;
        this.properties = properties;
        this.cas = cas;
        this.issuing = chain.getFirst();
        this.root = chain.getLast();
        this.ledger = ledger;
        this.moduli = new KnownModuli(ledger);
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
            Cas cas = Cas.read(home, properties);
            List<Ca> chain = chain(home.chainPem(), cas);
            if (!CaTemplates.permits(chain.getFirst().certificate(), properties.namespace())) {
                throw new AuthorityException(
                        AuthorityFailure.DAMAGED,
                        home.properties() + " names other domains or ranges than the issuing certificate permits");
            }
            return new Authority(home, properties, cas, chain, Ledger.open(home.ledger(), clock), clock, random);
        } catch (NoSuchFileException e) {
            throw Files.exists(home.properties())
                    ? new AuthorityException(AuthorityFailure.DAMAGED, e.getFile() + " is missing", e)
                    : new AuthorityException(
                            AuthorityFailure.MISSING, "no authority in " + home.directory() + ": no " + e.getFile(), e);
        }
    }

    /// What a profile makes of a request here and now. Records nothing and signs nothing.
    public Grant decide(CertificateRequest request, CertificateProfile profile, Wishes wishes) throws LedgerException {
        Circumstances circumstances = new Circumstances(
                issuing.certificate(),
                properties.namespace(),
                properties.url().map(url -> Publication.of(url, root.name(), issuing.name())),
                ledger.holder(request.deviceId()),
                SerialNumber.random(random),
                clock.instant());
        Grant grant = profile.decide(request, wishes, circumstances);
        boolean newKey = circumstances.holder().isEmpty();
        return grant instanceof Grant.Granted && newKey && request.publicKey() instanceof RSAPublicKey rsa
                ? sharedFactor(rsa).<Grant>map(refused -> refused).orElse(grant)
                : grant;
    }

    private Optional<Grant.Refused> sharedFactor(RSAPublicKey key) throws LedgerException {
        Optional<Modulus> other = moduli.sharingAPrimeWith(key);
        if (other.isEmpty()) {
            return Optional.empty();
        }
        String whose =
                ledger.holder(other.get().device()).map(KeyHolder::inWords).orElse("a key without a certificate");
        return Optional.of(new Grant.Refused(RefusalReason.SHARED_FACTOR, "with the key of " + whose));
    }

    /// The issuing CA at work, its key unlocked.
    public Issuer issuer(Passphrase passphrase)
            throws IOException, KeyStoreFileException, CaKeyException, AuthorityException {
        requireAtWork();
        CertificateChain chain = CertificateChain.of(issuing.certificate(), root.certificate());
        return new Issuer(chain, unlock(issuing, passphrase), ledger, clock);
    }

    /// What a revoked CA would sign, nobody would accept.
    private void requireAtWork() throws LedgerException, AuthorityException {
        Optional<LedgerEntry> entry = ledger.find(SerialNumber.of(issuing.certificate()));
        if (entry.isPresent() && entry.get() instanceof LedgerEntry.Revoked) {
            throw new AuthorityException(AuthorityFailure.CA_REVOKED, issuing.name() + ".pem is revoked");
        }
    }

    /// Publishes the CRLs of every issuing CA that has not ended: what the one before has signed can still be
    /// revoked.
    public CrlRound issuingCrls(Passphrase passphrase)
            throws IOException, KeyStoreFileException, CaKeyException, AuthorityException {
        return crls(cas.issuing(), issuing, passphrase);
    }

    /// Publishes the CRLs of the roots whose keys lie in files here; of none where they have been taken away. A
    /// root on a token is asked only in a ceremony: its PIN is another, and a wrong one too many locks it.
    public CrlRound rootCrls(Passphrase passphrase)
            throws IOException, KeyStoreFileException, CaKeyException, AuthorityException {
        return crls(cas.roots().stream().filter(Ca::keyFileIsHere).toList(), root, passphrase);
    }

    /// The root with its key, for a ceremony.
    ///
    /// @param place where the key lies; empty for where it was made
    /// @throws AuthorityException `ROOT_AWAY` if it is not there, `WRONG_KEY` if what is there is no root's
    public RootCeremony ceremony(Optional<CaKey> place, Passphrase passphrase)
            throws IOException, KeyStoreFileException, CaKeyException, AuthorityException {
        CaKey key = place.orElse(root.key());
        if (!key.present()) {
            throw new AuthorityException(AuthorityFailure.ROOT_AWAY, "the root's key is not at " + key);
        }
        SigningKey unlocked = key.open(passphrase);
        Ca owner = cas.root(unlocked.deviceId())
                .orElseThrow(() -> new AuthorityException(
                        AuthorityFailure.WRONG_KEY, key + " holds the key of no root of this authority"));
        return new RootCeremony(this, new UnlockedCa(owner, unlocked));
    }

    /// Passes where the root's key lies in a file of the home.
    public void requireRootKeyFile() throws AuthorityException {
        if (!root.keyFileIsHere()) {
            throw new AuthorityException(AuthorityFailure.ROOT_AWAY, "the root's key is not at " + root.key());
        }
    }

    /// Replaces root and issuing CA by new ones; needs no key of the old.
    public Founded replaceRoot(
            IssuingProfile profile, FoundingPlan.Tier rootTier, FoundingPlan.Tier issuingTier, Passphrase passphrase)
            throws IOException, CaKeyException, AuthorityException {
        rootTier.check();
        issuingTier.check();
        String rootName = Cas.nextName(AuthorityHome.ROOT, home);
        String issuingName = Cas.nextName(AuthorityHome.ISSUING, home);
        AuthorityProperties extended =
                properties.withToken(rootName, rootTier.token()).withToken(issuingName, issuingTier.token());
        extended.write(home.properties());
        CaFoundry foundry = foundry(extended);
        UnlockedCa newRoot = foundry.root(rootName, rootTier, passphrase);
        UnlockedCa newIssuing = foundry.issuing(issuingName, profile, issuingTier, newRoot, passphrase);
        ledger.recordDeed(
                Deed.ROOT_REPLACED,
                rootName + " and " + issuingName + " replace " + root.name() + " and " + issuing.name());
        foundry.putToWork(newIssuing.ca().certificate(), newRoot.ca().certificate());
        return new Founded(home, newRoot.ca().certificate(), newIssuing.ca().certificate(), Optional.empty());
    }

    public AuthorityHome home() {
        return home;
    }

    public AuthorityProperties properties() {
        return properties;
    }

    public X509Certificate root() {
        return root.certificate();
    }

    public X509Certificate issuing() {
        return issuing.certificate();
    }

    /// The issuing CA at work.
    public Ca issuingCa() {
        return issuing;
    }

    /// The root at work.
    public Ca rootCa() {
        return root;
    }

    /// Every root and every issuing CA there ever was, roots first, each oldest first.
    public List<Ca> cas() {
        return Stream.concat(cas.roots().stream(), cas.issuing().stream()).toList();
    }

    public Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() throws LedgerException {
        ledger.close();
    }

    /// Where the newest CRL of whoever issued this one lies.
    public Path crlFile(Crl crl) {
        return cas().stream()
                .filter(ca -> ca.certificate().getSubjectX500Principal().equals(crl.issuer()))
                .findFirst()
                .orElseThrow()
                .crlFile();
    }

    /// Whether a CA is one of the roots.
    public boolean isRoot(Ca ca) {
        return cas.roots().contains(ca);
    }

    CaFoundry foundry(AuthorityProperties asOfNow) {
        return new CaFoundry(home, asOfNow, ledger, clock, random);
    }

    /// The one at work first.
    private CrlRound crls(List<Ca> candidates, Ca atWork, Passphrase passphrase)
            throws IOException, KeyStoreFileException, CaKeyException, AuthorityException {
        List<CrlPublisher> publishers = new ArrayList<>();
        for (Ca ca : candidates) {
            if (!ca.hasEnded(clock.instant())) {
                publishers.add(publisher(new UnlockedCa(ca, unlock(ca, passphrase))));
                if (ca.equals(atWork)) {
                    publishers.addFirst(publishers.removeLast());
                }
            }
        }
        return new CrlRound(publishers);
    }

    CrlPublisher publisher(UnlockedCa unlocked) {
        Ca ca = unlocked.ca();
        return new CrlPublisher(ca.certificate(), unlocked.key(), ledger, ca.crlFile(), clock);
    }

    static SigningKey unlock(Ca ca, Passphrase passphrase)
            throws IOException, KeyStoreFileException, CaKeyException, AuthorityException {
        SigningKey key = ca.key().open(passphrase);
        if (!key.deviceId().equals(ca.keyId())) {
            throw new AuthorityException(
                    AuthorityFailure.WRONG_KEY, ca.key() + " holds another key than its certificate names");
        }
        return key;
    }

    /// The issuing CA and the root at work. Their newest certificates may be newer than those of their files,
    /// after a renewal that was interrupted.
    private static List<Ca> chain(Path file, Cas cas) throws IOException, AuthorityException {
        List<X509Certificate> chain = Cas.certificates(file, 2);
        Optional<Ca> issuing = cas.issuing(DeviceId.of(chain.getFirst().getPublicKey()));
        Optional<Ca> root = cas.root(DeviceId.of(chain.getLast().getPublicKey()));
        if (issuing.isEmpty() || root.isEmpty()) {
            throw new AuthorityException(
                    AuthorityFailure.DAMAGED, file + " names a CA that has no file of its own beside it");
        }
        return List.of(issuing.get(), root.get());
    }
}
