package org.chancery.ca.ledger;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.RevokedCertificate;

/// The authority's memory. Thread safe, and safe against other processes on the same file.
///
/// A method that returned has its effect on disk; one that threw has none. A certificate is first intended,
/// then signed, then issued: killed in between, the intent stays, and with it the serial, for ever. Every act
/// is chained to those before it, and the newest is named outside too ([AuditHead]).
public final class Ledger implements AutoCloseable {
    /// How long a writer waits for other processes before [LedgerFailure#BUSY]: they do not queue but try again and
    /// again, and of 64 at once on two processors some are unlucky for longer than ten seconds.
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    /// The profiles of the authority's own certificates, which no request is ever decided by.
    public static final String ROOT = "root";

    public static final String ISSUING = "issuing";

    private final Database database;
    private final Clock clock;

    private Ledger(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// A new, empty ledger in a file that must not exist, mode 0600.
    public static Ledger create(Path file, Clock clock) throws LedgerException {
        return new Ledger(Database.create(file, PATIENCE), clock);
    }

    public static Ledger open(Path file, Clock clock) throws LedgerException {
        return new Ledger(Database.open(file, PATIENCE), clock);
    }

    /// Commits that a certificate is about to be signed. Who holds the key is judged here, in the transaction
    /// that records it, so that two requests with one key cannot both pass.
    ///
    /// @param certified the key, of which `intended` has the hash
    /// @throws KeyTakenException when the key was certified for someone else before, or revoked for
    ///     keyCompromise
    public void recordIntent(Particulars intended, PublicKey certified) throws LedgerException, KeyTakenException {
        if (!DeviceId.of(certified).equals(intended.device())) {
            throw new IllegalArgumentException("the particulars are of another key");
        }
        database.write(connection -> {
            new Issuances(connection, now()).intend(intended, certified);
            return intended;
        });
    }

    /// Commits the certificate itself; only then may it be handed out.
    public void recordIssued(SerialNumber serial, byte[] certificateDer) throws LedgerException {
        database.write(connection -> {
            new Issuances(connection, now()).issue(serial, certificateDer);
            return serial;
        });
    }

    /// Commits that a request was refused.
    public void recordRefusal(DeviceId requestedFor, String reason) throws LedgerException {
        record(Act.refused(requestedFor, reason));
    }

    /// Commits that the authority exists, under that name.
    public void recordFounding(String name) throws LedgerException {
        record(Act.founded(name));
    }

    /// Commits that something was done to the authority as a whole.
    ///
    /// @param what in words; no secrets
    public void recordDeed(Deed deed, String what) throws LedgerException {
        record(Act.done(deed, Map.of("what", what)));
    }

    /// Every certificate, oldest first.
    public List<LedgerEntry> entries() throws LedgerException {
        return entries(Search.ALL);
    }

    /// The certificates asked for, oldest first.
    public List<LedgerEntry> entries(Search search) throws LedgerException {
        return database.read(connection -> new CertificateTable(connection).matching(search));
    }

    public Optional<LedgerEntry> find(SerialNumber serial) throws LedgerException {
        return database.read(connection -> new CertificateTable(connection).find(serial));
    }

    /// Those that were renewed, rekeyed or reissued from it, by any number of steps, oldest first.
    public List<LedgerEntry> descendantsOf(SerialNumber serial) throws LedgerException {
        return database.read(connection -> new CertificateTable(connection).descendantsOf(serial));
    }

    /// The certificate as it was signed; empty while only intended.
    public Optional<byte[]> certificateDer(SerialNumber serial) throws LedgerException {
        return database.read(connection -> new CertificateTable(connection).der(serial));
    }

    /// For whom the key has been certified, if ever.
    public Optional<KeyHolder> holder(DeviceId device) throws LedgerException {
        return database.ask(connection -> new CertificateTable(connection).holder(device));
    }

    /// Passes what [#recordIntent] would let another certificate of the same profile take over from.
    ///
    /// @throws LedgerException `NO_SUCCESSION` if it has ended, or its key cannot be trusted
    public void requireSucceedable(Particulars parent) throws LedgerException {
        database.read(connection -> {
            new Issuances(connection, now()).requireSucceedable(parent.serial(), parent.profile());
            return parent;
        });
    }

    /// The moduli of the RSA keys ever intended to be certified that came after one of that sequence: of all after 0.
    public List<Modulus> moduliAfter(long sequence) throws LedgerException {
        return database.ask(connection -> new KeyTable(connection).moduliAfter(sequence));
    }

    /// What [#revoke] would revoke now, the named certificate first.
    ///
    /// @throws NotRevocableException when there is nothing to revoke
    public List<Particulars> reach(RevocationOrder order) throws LedgerException, NotRevocableException {
        return database.read(connection -> new Revocations(connection, now()).reach(order));
    }

    /// Commits a revocation, all of it or nothing. Intents are revoked too: their certificates may exist.
    ///
    /// @return what was revoked, the named certificate first, unless it was revoked before
    /// @throws NotRevocableException when there is nothing to revoke; nothing was recorded
    public List<LedgerEntry.Revoked> revoke(RevocationOrder order) throws LedgerException, NotRevocableException {
        return database.write(connection -> new Revocations(connection, now()).record(order));
    }

    /// Commits the revocation of an issuing CA by the root that certified it: every certificate of its key,
    /// for the root's next CRL. Whatever that CA issued falls with it and needs no entry of its own.
    ///
    /// @throws NotRevocableException if that root certified no such CA, or it is revoked already
    public List<LedgerEntry.Revoked> revokeAuthority(RevocationOrder order, DeviceId root)
            throws LedgerException, NotRevocableException {
        return database.write(connection -> new Revocations(connection, now()).recordAuthority(order, root));
    }

    /// Everything an issuer ever revoked, oldest first: what its next CRL would say. Also what this ledger knows from
    /// a CRL alone.
    public List<RevokedCertificate> revoked(DeviceId issuer) throws LedgerException {
        return database.ask(connection -> new RevocationTable(connection).of(issuer));
    }

    /// Draws the next CRL number of an issuer, and with it, in one look, what the CRL must say.
    public CrlDraft drawCrl(DeviceId issuer) throws LedgerException {
        return database.write(connection -> {
            BigInteger number = BigInteger.valueOf(new CrlTable(connection).draw(issuer, now()));
            List<RevokedCertificate> revoked = new RevocationTable(connection).of(issuer);
            append(connection, Act.crlDrawn(Act.crl(issuer, number)));
            return new CrlDraft(issuer, number, revoked);
        });
    }

    /// What puts a signed CRL where the world reads it.
    @FunctionalInterface
    public interface Publication {
        void run() throws IOException;
    }

    /// Runs `publication` under the write lock, unless a higher number is out already: of two publishers at
    /// once the newer CRL stays, whoever comes last. Killed after it ran and before the commit, the number
    /// stays drawn and unused.
    ///
    /// @param crlDer what is published
    /// @return whether it ran
    public boolean publishCrl(CrlDraft draft, byte[] crlDer, Publication publication) throws LedgerException {
        String sha256 = Sha256.hex(crlDer);
        return database.write(connection -> {
            if (!new CrlTable(connection).publish(draft.issuer(), draft.number(), sha256, now())) {
                return false;
            }
            append(connection, Act.crlPublished(Act.crl(draft.issuer(), draft.number()), sha256));
            publication.run();
            return true;
        });
    }

    /// Takes over from a CRL that is out in the world what a ledger put back from an older copy does not know:
    /// its number, below which none is drawn again, and its revocations, also those of certificates that were
    /// issued after the copy was made. Their serial numbers are never issued again either.
    ///
    /// @param crl of `issuer`, its signature verified
    /// @return the revocations that were news
    public List<RevokedCertificate> merge(DeviceId issuer, Crl crl) throws LedgerException {
        return database.write(connection -> new Merge(connection, now()).of(issuer, crl));
    }

    /// The newest acts, oldest first.
    ///
    /// @param since none that is older
    public List<RecordedAct> acts(int limit, Instant since) throws LedgerException {
        return database.read(connection -> new ActTable(connection).newest(limit, since));
    }

    /// Verifies the record whole: the chain, the tables against it, and the head outside.
    ///
    /// @return everything that cannot have come about by what this program does; empty is the good answer
    public AuditReport audit() throws LedgerException {
        AuditHead.Reading outside = database.auditHead();
        return database.read(connection -> Audit.run(connection, outside));
    }

    /// Takes the record as it is though `audit.head` says otherwise, and records that, with what was found.
    /// For a person who knows why: a copy was put back, or the file was lost.
    ///
    /// @return what was found; empty if there was nothing to put right, and then nothing was recorded
    public Optional<Finding> renewHead(String reason) throws LedgerException {
        AuditHead.Reading outside = database.auditHead();
        return database.writeDespiteHead(connection -> {
            ActTable acts = new ActTable(connection);
            Optional<Finding> found = outside.contradiction(acts, acts.head());
            if (found.isPresent()) {
                Map<String, String> facts = new LinkedHashMap<>();
                facts.put("found", found.get().kind() + ": " + found.get().detail());
                facts.put("reason", reason);
                append(connection, Act.done(Deed.HEAD_RENEWED, facts));
            }
            return found;
        });
    }

    /// Writes one consistent copy to a file that must not exist, mode 0600, while everybody goes on.
    ///
    /// @return the newest act in the copy
    public Head copyTo(Path copy) throws LedgerException {
        return database.copyTo(copy);
    }

    @Override
    public void close() throws LedgerException {
        database.close();
    }

    private void record(Act act) throws LedgerException {
        database.write(connection -> {
            append(connection, act);
            return act;
        });
    }

    private void append(Connection connection, Act act) throws SQLException {
        new ActTable(connection).append(now(), act);
    }

    private Instant now() {
        return clock.instant();
    }
}
