package org.chancery.ca.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.jspecify.annotations.Nullable;

/// The head of the record, kept outside the database in `audit.head`: whoever rewrites the ledger whole, or
/// cuts off its end, or puts an older copy in its place, has to change this file too, and any copy of it that
/// was taken elsewhere still tells.
///
/// It is overwritten in place, after the commit of the acts it names, and left to the system to bring to the
/// disk: one line of always the same length, within one sector, which a crash leaves old or new. Killed before,
/// or after a power cut, it names an earlier act of the same record, which is as it should be; a later act, or
/// another one, never. Waiting for the disk here would double what an act costs and prove nothing more.
final class AuditHead {
    private final Path file;

    /// The head of the ledger in that file.
    AuditHead(Path ledger) {
        this.file = ledger.resolveSibling("audit.head");
    }

    /// Makes the file anew, forced to disk, whatever was there.
    void create(Head head) throws IOException {
        AtomicFile.write(file, octets(head), Access.PUBLIC, true);
    }

    /// What writes the next head, taken in hand before the commit: where no head can be written there is no
    /// commit.
    Pen pen() throws IOException {
        try {
            return new Pen(FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException lost) {
            return new Pen(null); // only for who puts that right: see require
        }
    }

    /// Overwrites the one line of the file.
    final class Pen implements AutoCloseable {
        /// Null where there is no file to overwrite.
        private final @Nullable FileChannel channel;

        private Pen(@Nullable FileChannel channel) {
            this.channel = channel;
        }

        void write(Head head) throws IOException {
            if (channel == null || channel.size() != Head.LINE_OCTETS) {
                create(head);
                return;
            }
            ByteBuffer line = ByteBuffer.wrap(octets(head));
            while (line.hasRemaining()) {
                channel.write(line, line.position());
            }
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }

    private static byte[] octets(Head head) {
        return head.line().getBytes(StandardCharsets.US_ASCII);
    }

    /// Passes if the record holds what the file names: nothing is written behind a record that has been
    /// rewritten, cut off or put back, for that would hide it.
    ///
    /// @param connection in a transaction that began before
    /// @param last the newest act in it
    void require(Connection connection, Head last) throws IOException, SQLException {
        Optional<Finding> contradiction = read().contradiction(new ActTable(connection), last);
        if (contradiction.isPresent()) {
            throw new LedgerException(LedgerFailure.ALTERED, contradiction.get().detail(), null);
        }
    }

    /// What the file says now. Read until two looks agree: a reader may come while another process writes.
    Reading read() throws IOException {
        try {
            String seen = line();
            for (String again = line(); !again.equals(seen); again = line()) {
                seen = again;
            }
            return new Known(Head.parse(seen));
        } catch (NoSuchFileException e) {
            return new Missing();
        } catch (IllegalArgumentException e) {
            return new Damaged();
        } catch (IOException e) {
            throw new LedgerException(LedgerFailure.DISK, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private String line() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(Head.LINE_OCTETS + 1), StandardCharsets.US_ASCII);
        }
    }

    /// What was found in the file.
    sealed interface Reading {
        /// How the record in the database contradicts it, if it does. The file must have been read first: it
        /// never runs ahead of what is committed.
        default Optional<Finding> contradiction(ActTable acts, Head last) throws SQLException {
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
                case Known(Head head) when head.sequence() == 0 || head.equals(last) -> Optional.empty();
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
