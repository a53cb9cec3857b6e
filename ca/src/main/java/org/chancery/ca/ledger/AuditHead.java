package org.chancery.ca.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;

/// The head of the record, kept outside the database in `audit.head`: whoever rewrites the ledger whole, or
/// cuts off its end, or puts an older copy in its place, has to change this file too, and any copy of it that
/// was taken elsewhere still tells.
///
/// It takes its place after the commit of the acts it names. Killed in between, it names an earlier act of the
/// same record, which is as it should be; a later act, or another one, never.
final class AuditHead {
    private static final int MAX_OCTETS = 128;

    private final Path file;

    /// The head of the ledger in that file.
    AuditHead(Path ledger) {
        this.file = ledger.resolveSibling("audit.head");
    }

    /// Commits, between writing the new head and giving it its name: where there is no room for a head there
    /// is no commit.
    @FunctionalInterface
    interface Commit {
        void run() throws SQLException;
    }

    void replace(Head head, Commit commit) throws IOException, SQLException {
        AtomicFile.write(file, Access.PUBLIC, true, out -> {
            out.write(head.line().getBytes(StandardCharsets.US_ASCII));
            commit.run();
        });
    }

    /// Passes if the record holds what the file names: nothing is written behind a record that has been
    /// rewritten, cut off or put back, for that would hide it.
    ///
    /// @param connection in a transaction that began before
    void require(Connection connection) throws IOException, SQLException {
        Optional<Finding> contradiction = read().contradiction(connection);
        if (contradiction.isPresent()) {
            throw new LedgerException(LedgerFailure.ALTERED, contradiction.get().detail(), null);
        }
    }

    /// What the file says now.
    Reading read() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new Known(Head.parse(new String(in.readNBytes(MAX_OCTETS), StandardCharsets.US_ASCII)));
        } catch (NoSuchFileException e) {
            return new Missing();
        } catch (IllegalArgumentException e) {
            return new Damaged();
        } catch (IOException e) {
            throw new LedgerException(LedgerFailure.DISK, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// What was found in the file.
    sealed interface Reading {
        /// How the record in the database contradicts it, if it does. The file must have been read first: it
        /// never runs ahead of what is committed.
        default Optional<Finding> contradiction(Connection connection) throws SQLException {
            ActTable acts = new ActTable(connection);
            Head last = acts.head();
            return switch (this) {
                case Missing _ when last.sequence() == 0 -> Optional.empty();
                case Missing _ ->
                    Optional.of(new Finding(
                            Finding.Kind.HEAD_MISSING,
                            "there is no audit.head beside a ledger of " + last.sequence() + " acts"));
                case Damaged _ ->
                    Optional.of(new Finding(Finding.Kind.HEAD_DAMAGED, "audit.head is no sequence and hash"));
                case Known(Head head)
                when head.sequence() > last.sequence() ->
                    Optional.of(new Finding(
                            Finding.Kind.TRUNCATED,
                            "audit.head names act " + head.sequence() + ", the ledger ends with act "
                                    + last.sequence()));
                case Known(Head head) when head.sequence() == 0 -> Optional.empty();
                case Known(Head head) ->
                    acts.hash(head.sequence()).equals(Optional.of(head.hash()))
                            ? Optional.empty()
                            : Optional.of(new Finding(
                                    Finding.Kind.REWRITTEN,
                                    "act " + head.sequence() + " of the ledger is not the one that audit.head names"));
            };
        }
    }

    private record Known(Head head) implements Reading {}

    private record Missing() implements Reading {}

    private record Damaged() implements Reading {}

    /// Whether it names an earlier act than that one.
    boolean isBehind(Head head) throws IOException {
        return read() instanceof Known(Head known) && known.sequence() < head.sequence();
    }
}
