package org.chancery.ca.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.AuthorityException;
import org.chancery.ca.issuance.AuthorityHome;
import org.chancery.ca.ledger.Deed;
import org.chancery.ca.ledger.Head;

/// Copies an authority into one file while everybody goes on, and proves the copy before it says so: unpacked
/// into a scratch place, opened, audited whole.
///
/// Certificates and CRLs are read before the ledger, so that the ledger knows all that they say.
public final class Backup {
    private final Clock clock;
    private final SecureRandom random;

    public Backup(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /// What a copy holds.
    ///
    /// @param keys the keystores in it, as they are: what protects them there protects them here
    public record Made(Instant madeAt, Head head, List<String> files, List<String> keys, int certificates) {}

    /// Makes one.
    ///
    /// @param profiles the directory of the profiles at work; it need not exist
    /// @throws java.nio.file.FileAlreadyExistsException if the file exists
    /// @throws BackupException if the copy does not stand the proof; then there is none
    public Made make(Authority authority, Path profiles, Path archive)
            throws IOException, AuthorityException, BackupException {
        try (Scratch scratch = Scratch.beside(archive)) {
            Map<String, Path> files = snapshot(authority.home(), profiles, scratch.path());
            Path ledger = scratch.path().resolve("ledger.db");
            Head head = authority.ledger().copyTo(ledger);
            files.put("ledger.db", ledger);
            BackupProperties properties = new BackupProperties(clock.instant(), head);
            Path about = scratch.path().resolve(BackupProperties.FILE);
            properties.write(about);
            files.put(BackupProperties.FILE, about);
            Archive.write(archive, files);
            int certificates =
                    prove(archive, head, Files.createDirectory(scratch.path().resolve("proof")));
            List<String> names = files.keySet().stream().sorted().toList();
            authority.ledger().recordDeed(Deed.BACKED_UP, "to " + archive.toAbsolutePath());
            return new Made(
                    properties.madeAt(),
                    head,
                    names,
                    names.stream().filter(name -> name.endsWith(".p12")).toList(),
                    certificates);
        }
    }

    /// Copies at once what may change while the archive is being written.
    private static Map<String, Path> snapshot(AuthorityHome home, Path profiles, Path scratch) throws IOException {
        Map<String, Path> files = new HashMap<>();
        copy(home.directory(), "", scratch, files);
        copy(home.crlDirectory(), "crl/", scratch, files);
        if (Files.isDirectory(profiles)) {
            copy(profiles, "profiles/", scratch, files);
        }
        return files;
    }

    private static void copy(Path directory, String prefix, Path scratch, Map<String, Path> files) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path file : entries.toList()) {
                String name = prefix + file.getFileName();
                if (Archive.isName(name) && !name.equals("ledger.db")) {
                    Path copy = scratch.resolve(name.replace('/', '_'));
                    Files.copy(file, copy);
                    files.put(name, copy);
                }
            }
        }
    }

    private int prove(Path archive, Head head, Path scratch) throws IOException, AuthorityException, BackupException {
        boolean proved = false;
        try {
            Archive.unpack(archive, scratch);
            try (Authority copied = Authority.open(new AuthorityHome(scratch), clock, random)) {
                CopiedLedger.prove(copied.ledger(), head, "proof of a copy");
                int certificates = copied.ledger().entries().size();
                proved = true;
                return certificates;
            }
        } finally {
            if (!proved) {
                Files.deleteIfExists(archive);
            }
        }
    }
}
