package org.chancery.server.conversation.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.server.conversation.Cursor;
import org.chancery.server.conversation.Page;
import org.chancery.server.conversation.PlacedLetter;
import org.chancery.server.conversation.StoredLetter;

/// Reading letters, and the cursors that say how far they have been read.
final class Letters {

    /// What one read takes into memory, besides its last letter.
    private static final int MAX_OCTETS = 256 << 10;

    private Letters() {}

    static void acknowledge(Sql sql, DeviceId device, ConversationId conversation, long sequence) throws SQLException {
        String statement = """
                UPDATE cursor SET acknowledged =
                  max(acknowledged, min(?, (SELECT head FROM conversation c WHERE c.id = cursor.conversation)))
                WHERE device = ? AND conversation = ?""";
        sql.update(statement, sequence, device.bytes(), conversation.bytes());
    }

    static List<Cursor> behind(Sql sql, DeviceId device) throws SQLException {
        String query = """
                SELECT u.conversation, u.acknowledged FROM cursor u JOIN conversation c ON c.id = u.conversation
                WHERE u.device = ? AND c.head > u.acknowledged""";
        return sql.all(
                query, row -> new Cursor(ConversationId.ofBytes(row.getBytes(1)), row.getLong(2)), device.bytes());
    }

    static Cursor cursor(Sql sql, DeviceId device, ConversationId conversation) throws SQLException {
        return sql.one(
                        "SELECT acknowledged FROM cursor WHERE device = ? AND conversation = ?",
                        row -> new Cursor(conversation, row.getLong(1)),
                        device.bytes(),
                        conversation.bytes())
                .orElse(new Cursor(conversation, 0));
    }

    static Page read(Sql sql, DeviceId reader, ConversationId conversation, long after, int limit) throws SQLException {
        List<StoredLetter> letters = new ArrayList<>();
        int[] octets = {0};
        sql.each(
                """
                SELECT l.sequence, l.accepted_at, l.transcript, l.der, d.address,
                  CASE WHEN l.sender = w.device THEN NULL ELSE w.recipient_info END AS recipient_info
                FROM letter l JOIN device d ON d.id = l.sender
                LEFT JOIN wrap w ON w.seal = l.seal AND w.device = ?
                WHERE l.conversation = ? AND l.sequence > ? AND length(l.der) > 0 ORDER BY l.sequence LIMIT ?""",
                row -> {
                    octets[0] += row.getBytes("der").length;
                    letters.add(letter(row, reader, conversation));
                    return octets[0] < MAX_OCTETS;
                },
                reader.bytes(),
                conversation.bytes(),
                after,
                limit);
        return new Page(
                Retention.gap(sql, reader, conversation, after),
                letters,
                letters.size() == limit || octets[0] >= MAX_OCTETS);
    }

    static Set<Address> members(Sql sql, ConversationId conversation) throws SQLException {
        return new HashSet<>(sql.all(
                "SELECT address FROM member WHERE conversation = ?",
                row -> new Address(row.getString(1)),
                conversation.bytes()));
    }

    static Set<Address> contacts(Sql sql, Address address) throws SQLException {
        String query = """
                SELECT DISTINCT other.address FROM member own JOIN member other USING (conversation)
                WHERE own.address = ?1 AND other.address <> ?1""";
        return new HashSet<>(sql.all(query, row -> new Address(row.getString(1)), address.value()));
    }

    private static StoredLetter letter(ResultSet row, DeviceId reader, ConversationId conversation)
            throws SQLException {
        try {
            Optional<Wrap> wrap =
                    Optional.ofNullable(row.getBytes("recipient_info")).map(der -> new Wrap(reader, der));
            PlacedLetter placed = new PlacedLetter(
                    conversation,
                    row.getLong("sequence"),
                    Instant.ofEpochMilli(row.getLong("accepted_at")),
                    row.getBytes("transcript"),
                    Letter.parse(row.getBytes("der")),
                    new Address(row.getString("address")));
            return new StoredLetter(placed, wrap);
        } catch (MalformedEnvelopeException e) {
            throw new SQLException("the store holds what is no letter", e);
        }
    }
}
