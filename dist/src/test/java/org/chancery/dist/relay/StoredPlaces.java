package org.chancery.dist.relay;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.frame.TranscriptHash;

/// What lies in a relay's database, letters and membership entries, read while no relay has it open. Remembers what it
/// has read, and complains where that is gone.
final class StoredPlaces {
    private static final HexFormat HEX = HexFormat.of();

    private final Notary notary;
    private final Map<ConversationId, NavigableMap<Long, Placed>> conversations = new HashMap<>();
    private final Map<ConversationId, Attendance> rooms = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> hashes = new HashSet<>();
    private long lastLetter;
    private long lastEntry;
    private int letters;
    private int entries;

    StoredPlaces(Notary notary) {
        this.notary = notary;
    }

    /// Reads what has come since.
    void read(Path database) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + database + "?mode=ro")) {
            lastLetter = each(
                    connection,
                    "SELECT rowid, conversation, sequence, sender, chain, counter, hash, transcript FROM letter"
                            + " WHERE rowid > ? ORDER BY rowid",
                    lastLetter,
                    this::takeLetter);
            lastEntry = each(
                    connection,
                    "SELECT rowid, conversation, sequence, hash, transcript, record FROM entry"
                            + " WHERE rowid > ? ORDER BY rowid",
                    lastEntry,
                    this::takeEntry);
            requireCount(connection, "letter", letters);
            requireCount(connection, "entry", entries);
        }
    }

    private interface Taking {
        void row(ResultSet row) throws SQLException;
    }

    private static long each(Connection connection, String query, long after, Taking taking) throws SQLException {
        long last = after;
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, after);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    last = row.getLong(1);
                    taking.row(row);
                }
            }
        }
        return last;
    }

    private static void requireCount(Connection connection, String table, int seen) throws SQLException {
        try (ResultSet count = connection.createStatement().executeQuery("SELECT count(*) FROM " + table)) {
            count.next();
            if (count.getLong(1) != seen) {
                throw new AssertionError(
                        count.getLong(1) + " of " + table + " in the database, " + seen + " were seen there");
            }
        }
    }

    private void takeLetter(ResultSet row) throws SQLException {
        letters++;
        String name = HEX.formatHex(row.getBytes("sender")) + " " + HEX.formatHex(row.getBytes("chain")) + " "
                + row.getLong("counter");
        take(row, new Placed(name, digest(row, "hash"), digest(row, "transcript")));
    }

    private void takeEntry(ResultSet row) throws SQLException {
        entries++;
        take(row, Placed.entry(digest(row, "hash"), digest(row, "transcript")));
        rooms.computeIfAbsent(ConversationId.ofBytes(row.getBytes("conversation")), _ -> new Attendance())
                .changed(row.getLong("sequence"), notary.read(EncodedRecord.of(row.getBytes("record"))));
    }

    private static Digest digest(ResultSet row, String column) throws SQLException {
        return Digest.ofBytes(row.getBytes(column));
    }

    private void take(ResultSet row, Placed placed) throws SQLException {
        if (!names.add(placed.name())) {
            throw new AssertionError("stored twice: " + placed.name());
        }
        hashes.add(placed.hash().hex());
        conversations
                .computeIfAbsent(ConversationId.ofBytes(row.getBytes("conversation")), _ -> new TreeMap<>())
                .put(row.getLong("sequence"), placed);
    }

    boolean has(String name) {
        return names.contains(name);
    }

    boolean hasHash(String hash) {
        return hashes.contains(hash);
    }

    /// What is stored at a place.
    Optional<Placed> at(ConversationId conversation, long sequence) {
        return Optional.ofNullable(places(conversation).get(sequence));
    }

    NavigableMap<Long, Placed> places(ConversationId conversation) {
        return conversations.getOrDefault(conversation, new TreeMap<>());
    }

    /// The last place of a conversation; 0 if there is none.
    long head(ConversationId conversation) {
        NavigableMap<Long, Placed> places = places(conversation);
        return places.isEmpty() ? 0 : places.lastKey();
    }

    Collection<ConversationId> conversations() {
        return conversations.keySet();
    }

    /// Whether what lies at a place of a conversation is for somebody who is, or was once, in it.
    boolean isFor(Address person, ConversationId conversation, long place) {
        Attendance room = rooms.get(conversation);
        if (room == null) {
            return true;
        }
        Placed placed = at(conversation, place).orElseThrow();
        return placed.isEntry() ? room.hears(person, place) : room.reads(person, place);
    }

    /// Who was where in a room; empty for a conversation between two.
    Optional<Attendance> room(ConversationId conversation) {
        return Optional.ofNullable(rooms.get(conversation));
    }

    int letters() {
        return letters;
    }

    int entries() {
        return entries;
    }

    /// Holds every conversation to what it says of itself: each place is taken by one letter or entry, and the
    /// transcript is that of these, in this order.
    void checkTranscripts(Consumer<String> fault) {
        conversations.forEach((conversation, places) -> {
            Digest transcript = Digest.NONE;
            long expected = 1;
            for (var entry : places.entrySet()) {
                transcript = TranscriptHash.next(
                        transcript, expected, entry.getValue().hash());
                if (entry.getKey() != expected
                        || !transcript.equals(entry.getValue().transcript())) {
                    fault.accept(conversation.hex() + ": not the place, or not the transcript, that follows: "
                            + entry.getKey() + ", expected " + expected);
                    return;
                }
                expected++;
            }
        });
    }
}
