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
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.server.conversation.Gap;
import org.chancery.server.conversation.Page;
import org.chancery.server.conversation.PlacedLetter;
import org.chancery.server.conversation.StoredEntry;
import org.chancery.server.conversation.StoredLetter;

/// Reading conversations: letters, and the membership entries between them.
final class Letters {

    /// What one read takes into memory, besides its last letter.
    private static final int MAX_OCTETS = 256 << 10;

    /// Places that one read looks at: there may be a million in a row whose letters are gone, and others wait.
    static final int MAX_PLACES = 1024;

    private Letters() {}

    static Page read(Sql sql, DeviceId reader, ConversationId conversation, long after, int limit) throws SQLException {
        List<StoredLetter> letters = new ArrayList<>();
        int[] octets = {0};
        sql.each(
                """
                SELECT l.sequence, l.accepted_at, l.transcript, l.der, d.address,
                  CASE WHEN l.sender = w.device THEN NULL ELSE w.recipient_info END AS recipient_info,
                  w.key_number
                FROM letter l JOIN device d ON d.id = l.sender
                LEFT JOIN wrap w ON w.seal = l.seal AND w.device = ?
                WHERE l.conversation = ? AND l.sequence > ? AND l.sequence <= ? AND length(l.der) > 0
                ORDER BY l.sequence LIMIT ?""",
                row -> {
                    octets[0] += row.getBytes("der").length;
                    letters.add(letter(row, reader, conversation));
                    return octets[0] < MAX_OCTETS;
                },
                reader.bytes(),
                conversation.bytes(),
                after,
                after + MAX_PLACES,
                limit);
        boolean full = letters.size() == limit || octets[0] >= MAX_OCTETS;
        long head = head(sql, conversation);
        long last = full ? letters.getLast().sequence() : Math.min(after + MAX_PLACES, Math.max(after, head));
        Optional<Gap> gap = Retention.gap(sql, reader, conversation, after);
        List<StoredEntry> entries = entries(sql, reader, conversation, after, last, limit);
        if (entries.size() < limit) {
            return new Page(gap, letters, entries, last < head, last);
        }
        long reached = entries.getLast().sequence();
        letters.removeIf(letter -> letter.sequence() > reached);
        return new Page(gap.filter(it -> it.through() <= reached), letters, entries, true, reached);
    }

    private static long head(Sql sql, ConversationId conversation) throws SQLException {
        return sql.one("SELECT head FROM conversation WHERE id = ?", row -> row.getLong(1), conversation.bytes())
                .orElse(0L);
    }

    /// The last place that is a device's; 0 for whom there is none.
    static long lastFor(Sql sql, DeviceId device, ConversationId conversation) throws SQLException {
        return sql.one("""
                SELECT coalesce(u.until, c.head) FROM conversation c
                LEFT JOIN cursor u ON u.conversation = c.id AND u.device = ?1
                WHERE c.id = ?2 AND (u.device IS NOT NULL OR EXISTS (
                  SELECT 1 FROM device d JOIN member m ON m.address = d.address
                  WHERE d.id = ?1 AND m.conversation = ?2))""", row -> row.getLong(1), device.bytes(), conversation.bytes())
                .orElse(0L);
    }

    private static List<StoredEntry> entries(
            Sql sql, DeviceId reader, ConversationId conversation, long after, long last, int limit)
            throws SQLException {
        return sql.all(
                """
                SELECT e.sequence, e.accepted_at, e.record, e.transcript FROM entry e
                JOIN cursor u ON u.conversation = e.conversation AND u.device = ?1
                WHERE e.conversation = ?2 AND e.sequence > ?3 AND e.sequence <= min(?4, coalesce(u.until, ?4))
                  AND e.device <> ?1
                ORDER BY e.sequence LIMIT ?5""",
                row -> new StoredEntry(
                        new MembershipPlace(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), Sql.record(row, 3)),
                        Sql.digest(row, 4)),
                reader.bytes(),
                conversation.bytes(),
                after,
                last,
                limit);
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
            int keyNumber = row.getInt("key_number");
            Optional<Wrap> wrap =
                    Optional.ofNullable(row.getBytes("recipient_info")).map(der -> new Wrap(reader, keyNumber, der));
            PlacedLetter placed = new PlacedLetter(
                    conversation,
                    row.getLong("sequence"),
                    Instant.ofEpochMilli(row.getLong("accepted_at")),
                    Sql.digest(row, 3),
                    Letter.parse(row.getBytes("der")),
                    new Address(row.getString("address")));
            return new StoredLetter(placed, wrap);
        } catch (MalformedEnvelopeException e) {
            throw new SQLException("the store holds what is no letter", e);
        }
    }
}
