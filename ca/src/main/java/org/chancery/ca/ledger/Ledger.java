package org.chancery.ca.ledger;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.ledger.NotRevocableException.Reason;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.jspecify.annotations.Nullable;

/// The authority's memory. Thread safe, and safe against other processes on the same file.
///
/// A method that returned has its effect on disk; one that threw has none. A certificate is first intended,
/// then signed, then issued: killed in between, the intent stays, and with it the serial, for ever.
public final class Ledger implements AutoCloseable {
    /// How long a writer waits for another process before [LedgerFailure#BUSY].
    public static final Duration PATIENCE = Duration.ofSeconds(10);

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
            Optional<KeyHolder> holder = holder(connection, intended.device());
            if (holder.isPresent() && !holder.get().admits(intended.profile(), intended.address())) {
                throw new KeyTakenException(holder.get());
            }
            new CertificateTable(connection).intend(intended);
            new ModulusTable(connection).see(intended.device(), certified);
            record(connection, Act.INTENDED, intended.serial(), intended.profile() + " " + intended.name());
            return intended;
        });
    }

    /// Commits the certificate itself; only then may it be handed out.
    public void recordIssued(SerialNumber serial, byte[] certificateDer) throws LedgerException {
        database.write(connection -> {
            if (!new CertificateTable(connection).issue(serial, certificateDer)) {
                throw new SQLException("serial " + serial.hex() + " was not intended");
            }
            record(connection, Act.ISSUED, serial, certificateDer.length + " octets");
            return serial;
        });
    }

    /// Commits that a request was refused.
    public void recordRefusal(DeviceId requestedFor, String reason) throws LedgerException {
        database.write(connection -> {
            record(connection, Act.REFUSED, null, requestedFor.hex() + " " + reason);
            return requestedFor;
        });
    }

    /// Commits that the authority exists, under that name.
    public void recordFounding(String name) throws LedgerException {
        database.write(connection -> {
            record(connection, Act.FOUNDED, null, name);
            return name;
        });
    }

    /// Commits that something was done to the authority itself, in words.
    public void recordCeremony(String what) throws LedgerException {
        database.write(connection -> {
            record(connection, Act.CEREMONY, null, what);
            return what;
        });
    }

    /// Every certificate, oldest first.
    public List<LedgerEntry> entries() throws LedgerException {
        return database.read(connection -> new CertificateTable(connection).all());
    }

    public Optional<LedgerEntry> find(SerialNumber serial) throws LedgerException {
        return database.read(connection -> new CertificateTable(connection).find(serial));
    }

    /// The certificate as it was signed; empty while only intended.
    public Optional<byte[]> certificateDer(SerialNumber serial) throws LedgerException {
        return database.read(connection -> new CertificateTable(connection).der(serial));
    }

    /// For whom the key has been certified, if ever.
    public Optional<KeyHolder> holder(DeviceId device) throws LedgerException {
        return database.read(connection -> holder(connection, device));
    }

    /// The moduli of all RSA keys ever intended to be certified.
    public List<Modulus> moduli() throws LedgerException {
        return moduliAfter(0);
    }

    /// Those that came after one of that sequence: for whoever has read the others.
    public List<Modulus> moduliAfter(long sequence) throws LedgerException {
        return database.read(connection -> new ModulusTable(connection).after(sequence));
    }

    /// Passes what [#revoke] would revoke now: for whoever wants to know before asking for a passphrase.
    ///
    /// @throws NotRevocableException when there is nothing to revoke
    public void requireRevocable(SerialNumber serial) throws LedgerException, NotRevocableException {
        database.read(connection -> revocable(new CertificateTable(connection), serial));
    }

    /// Commits a revocation, all of it or nothing. An intent of the same key is revoked too: its certificate
    /// may exist.
    ///
    /// @return what was revoked, the named certificate first
    /// @throws NotRevocableException when there is nothing to revoke; nothing was recorded
    public List<LedgerEntry.Revoked> revoke(RevocationOrder order) throws LedgerException, NotRevocableException {
        return database.write(connection -> {
            CertificateTable certificates = new CertificateTable(connection);
            Particulars named = revocable(certificates, order.serial());
            List<LedgerEntry.Revoked> revoked = new ArrayList<>();
            revoked.add(revoke(connection, named, order));
            if (order.scope() == RevocationOrder.Scope.KEY) {
                for (LedgerEntry other : certificates.of(named.device())) {
                    if (!(other instanceof LedgerEntry.Revoked)
                            && !other.particulars().serial().equals(named.serial())
                            && !other.particulars().validity().notAfter().isBefore(order.revokedAt())) {
                        revoked.add(revoke(connection, other.particulars(), order));
                    }
                }
            }
            return List.copyOf(revoked);
        });
    }

    /// Commits the revocation of an issuing CA by the root that certified it: every certificate of its key.
    ///
    /// @throws NotRevocableException if that root certified no such CA, or it is revoked already
    public void revokeAuthority(RevocationOrder order, DeviceId root) throws LedgerException, NotRevocableException {
        database.write(connection -> {
            CertificateTable certificates = new CertificateTable(connection);
            LedgerEntry named = certificates
                    .find(order.serial())
                    .filter(entry -> entry.particulars().profile().equals(ISSUING))
                    .filter(entry -> entry.particulars().issuer().equals(root))
                    .orElseThrow(() -> new NotRevocableException(
                            Reason.UNKNOWN_SERIAL,
                            "this root certified no issuing CA "
                                    + order.serial().hex()));
            requireNotRevoked(named);
            for (LedgerEntry entry : certificates.of(named.particulars().device())) {
                if (!(entry instanceof LedgerEntry.Revoked)) {
                    revoke(connection, entry.particulars(), order);
                }
            }
            return named;
        });
    }

    /// Draws the next CRL number of an issuer, and with it, in one look, what the CRL must say.
    public CrlDraft drawCrl(DeviceId issuer) throws LedgerException {
        return database.write(connection -> {
            long number = new CrlTable(connection).draw(issuer, clock.instant());
            List<RevokedCertificate> revoked = new RevocationTable(connection).of(issuer);
            record(connection, Act.CRL_DRAWN, null, issuer.hex() + " " + number);
            return new CrlDraft(issuer, BigInteger.valueOf(number), revoked);
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
    /// @return whether it ran
    public boolean publishCrl(CrlDraft draft, Publication publication) throws LedgerException {
        return database.write(connection -> {
            if (!new CrlTable(connection).publish(draft.issuer(), draft.number(), clock.instant())) {
                return false;
            }
            record(connection, Act.CRL_PUBLISHED, null, draft.issuer().hex() + " " + draft.number());
            publication.run();
            return true;
        });
    }

    @Override
    public void close() throws LedgerException {
        database.close();
    }

    private static Optional<KeyHolder> holder(Connection connection, DeviceId device) throws SQLException {
        List<LedgerEntry> entries = new CertificateTable(connection).of(device);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        boolean compromised = entries.stream()
                .anyMatch(entry -> entry instanceof LedgerEntry.Revoked revoked
                        && revoked.revocation().reason() == RevocationReason.KEY_COMPROMISE);
        Particulars first = entries.getFirst().particulars();
        return Optional.of(new KeyHolder(first.profile(), first.address(), compromised));
    }

    private static Particulars revocable(CertificateTable certificates, SerialNumber serial)
            throws SQLException, NotRevocableException {
        LedgerEntry entry = certificates
                .find(serial)
                .orElseThrow(() -> new NotRevocableException(
                        Reason.UNKNOWN_SERIAL, "this authority has no certificate " + serial.hex()));
        requireNotRevoked(entry);
        Particulars particulars = entry.particulars();
        if (particulars.profile().equals(ROOT) || particulars.profile().equals(ISSUING)) {
            throw new NotRevocableException(
                    Reason.AUTHORITY_ITSELF,
                    serial.hex() + " is the authority's own certificate: " + particulars.name());
        }
        return particulars;
    }

    private static void requireNotRevoked(LedgerEntry entry) throws NotRevocableException {
        if (entry instanceof LedgerEntry.Revoked(Particulars particulars, RevokedCertificate revocation)) {
            throw new NotRevocableException(
                    Reason.ALREADY_REVOKED,
                    particulars.serial().hex() + " of " + particulars.name() + " was revoked at "
                            + revocation.revokedAt() + " ("
                            + revocation.reason().cliName() + ")");
        }
    }

    private LedgerEntry.Revoked revoke(Connection connection, Particulars particulars, RevocationOrder order)
            throws SQLException {
        RevokedCertificate revocation =
                new RevokedCertificate(particulars.serial(), order.revokedAt(), order.reason(), order.invalidityDate());
        new RevocationTable(connection).add(revocation);
        record(connection, Act.REVOKED, particulars.serial(), order.reason().cliName() + " " + particulars.name());
        return new LedgerEntry.Revoked(particulars, revocation);
    }

    private void record(Connection connection, Act act, @Nullable SerialNumber serial, String detail)
            throws SQLException {
        new ActTable(connection).append(clock.instant(), act, serial, detail);
    }
}
