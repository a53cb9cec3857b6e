package org.chancery.dist.relay;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chancery.dist.relay.Correspondence.Placed;
import org.chancery.pki.envelope.ConversationId;

/// What lies in a relay's database, read while no relay has it open. Remembers what it has read, and complains where
/// that is gone.
final class StoredLetters {
    private static final HexFormat HEX = HexFormat.of();

    private final Map<String, TreeMap<Long, Placed>> conversations = new HashMap<>();
    private final Map<String, Placed> letters = new HashMap<>();
    private long lastRow;

    /// Reads what has come since.
    ///
    /// @return how many letters there are in all
    long read(Path database) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + database + "?mode=ro");
                PreparedStatement query = connection.prepareStatement(
                        "SELECT rowid, conversation, sequence, sender, chain, counter, hash, transcript FROM letter"
                                + " WHERE rowid > ? ORDER BY rowid")) {
            query.setLong(1, lastRow);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    lastRow = row.getLong(1);
                    take(row);
                }
            }
            try (ResultSet count = connection.createStatement().executeQuery("SELECT count(*) FROM letter")) {
                count.next();
                long there = count.getLong(1);
                if (there != letters.size()) {
                    throw new AssertionError(
                            there + " letters in the database, " + letters.size() + " were seen there");
                }
                return there;
            }
        }
    }

    private void take(ResultSet row) throws SQLException {
        String name = HEX.formatHex(row.getBytes("sender")) + " " + HEX.formatHex(row.getBytes("chain")) + " "
                + row.getLong("counter");
        Placed placed = new Placed(name, row.getBytes("hash"), row.getBytes("transcript"));
        letters.put(name, placed);
        conversations
                .computeIfAbsent(HEX.formatHex(row.getBytes("conversation")), _ -> new TreeMap<>())
                .put(row.getLong("sequence"), placed);
    }

    boolean has(String letter) {
        return letters.containsKey(letter);
    }

    /// What is stored at a place.
    Optional<Placed> at(ConversationId conversation, long sequence) {
        return Optional.ofNullable(
                conversations.getOrDefault(conversation.hex(), new TreeMap<>()).get(sequence));
    }

    /// How many letters a conversation has.
    long size(ConversationId conversation) {
        return conversations.getOrDefault(conversation.hex(), new TreeMap<>()).size();
    }
}
