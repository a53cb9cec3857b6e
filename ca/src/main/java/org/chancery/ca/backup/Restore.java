package org.chancery.ca.backup;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.AuthorityException;
import org.chancery.ca.issuance.AuthorityHome;
import org.chancery.ca.issuance.Ca;
import org.chancery.ca.issuance.NewDirectory;
import org.chancery.ca.ledger.Deed;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.RevokedCertificate;

/// Puts an authority back from a copy, and makes up for what happened since, as far as newer CRLs tell.
///
/// Numbers go on above every CRL that is shown to it, and above the time; serial numbers are drawn at random and
/// never below those it knows. The home appears whole or not at all.
public final class Restore {
    private final Clock clock;
    private final SecureRandom random;

    public Restore(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /// What was put back.
    ///
    /// @param madeAt when the copy was made: what happened later is known only as far as CRLs tell
    /// @param merged revocations that the copy did not know
    /// @param intents certificates that may have been signed, and that nobody recorded as issued
    /// @param keptAside where what had been in the directory before lies now
    public record Restored(
            Instant madeAt,
            int certificates,
            List<RevokedCertificate> merged,
            List<LedgerEntry> intents,
            Optional<Path> keptAside) {}

    /// Puts it back.
    ///
    /// @param newer the newest CRLs that are out in the world
    /// @param acceptLoss whether to go on where they show that the copy does not know everything
    /// @param keepAside whether what is in the directory may be renamed
    /// @throws BackupException `LOSS` where something is missing and may not be; nothing is put back then
    public Restored restore(Path archive, AuthorityHome home, List<Crl> newer, boolean acceptLoss, boolean keepAside)
            throws IOException, AuthorityException, BackupException {
        try (NewDirectory directory = NewDirectory.beside(home.directory(), keepAside)) {
            Archive.unpack(archive, directory.path());
            AuthorityHome unpacked = new AuthorityHome(directory.path());
            BackupProperties about = BackupProperties.read(directory.path().resolve(BackupProperties.FILE));
            Restored restored;
            try (Authority authority = Authority.open(unpacked, clock, random)) {
                restored = bringUp(authority, about, newer, acceptLoss);
            }
            Optional<Path> keptAside = directory.takePlace(clock.instant());
            return new Restored(
                    restored.madeAt(), restored.certificates(), restored.merged(), restored.intents(), keptAside);
        }
    }

    private static Restored bringUp(Authority authority, BackupProperties about, List<Crl> newer, boolean acceptLoss)
            throws IOException, BackupException {
        CopiedLedger.prove(authority.ledger(), about.head(), "restored from a copy made at " + about.madeAt());
        List<Newer> merges = new ArrayList<>();
        for (Crl crl : newer) {
            Ca signer = signer(authority, crl);
            BigInteger known = signer.publishedCrl().map(Crl::number).orElse(BigInteger.ZERO);
            if (known.compareTo(crl.number()) < 0) {
                merges.add(new Newer(signer, crl));
            }
        }
        if (!merges.isEmpty() && !acceptLoss) {
            Newer first = merges.getFirst();
            throw new BackupException(
                    BackupFailure.LOSS,
                    "the CRL of " + first.signer.name() + " is of " + first.crl.thisUpdate() + ", the copy of "
                            + about.madeAt() + ": what was issued in between it does not know");
        }
        List<RevokedCertificate> merged = new ArrayList<>();
        for (Newer one : merges) {
            merged.addAll(authority.ledger().merge(one.signer.keyId(), one.crl));
            AtomicFile.write(one.signer.crlFile(), pem(one.crl), Access.PUBLIC, true);
        }
        authority
                .ledger()
                .recordDeed(
                        Deed.RESTORED,
                        "from a copy made at " + about.madeAt() + ", " + merged.size() + " revocations taken in");
        List<LedgerEntry> entries = authority.ledger().entries();
        List<LedgerEntry> intents =
                entries.stream().filter(LedgerEntry.Intended.class::isInstance).toList();
        return new Restored(about.madeAt(), entries.size(), List.copyOf(merged), intents, Optional.empty());
    }

    /// A CRL that is newer than the copy's.
    private record Newer(Ca signer, Crl crl) {}

    private static Ca signer(Authority authority, Crl crl) throws BackupException {
        return authority.cas().stream()
                .filter(ca -> crl.verifiedBy(ca.certificate()))
                .findFirst()
                .orElseThrow(() -> new BackupException(
                        BackupFailure.FOREIGN_CRL, "a CRL of " + crl.issuer() + " that no CA of the copy signed"));
    }

    private static byte[] pem(Crl crl) {
        return Pem.encode(PemLabel.X509_CRL, crl.der()).getBytes(StandardCharsets.US_ASCII);
    }
}
