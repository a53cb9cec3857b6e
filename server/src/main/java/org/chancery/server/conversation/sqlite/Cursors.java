package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.server.conversation.Cursor;

/// How far each device has come, and from where to where a conversation is its own.
final class Cursors {

    private Cursors() {}

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
                WHERE u.device = ? AND c.head > u.acknowledged AND (u.until IS NULL OR u.until > u.acknowledged)""";
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

    /// The conversation that is a device's behind another one, in the order of their octets.
    static Optional<ConversationId> next(Sql sql, DeviceId device, ConversationId conversation) throws SQLException {
        return sql.one(
                "SELECT min(conversation) FROM cursor WHERE device = ? AND conversation > ? HAVING count(*) > 0",
                row -> ConversationId.ofBytes(row.getBytes(1)),
                device.bytes(),
                conversation.bytes());
    }

    /// A device begins behind a place, unless it has begun.
    static void begin(Sql sql, DeviceId device, ConversationId conversation, long after) throws SQLException {
        sql.update(
                "INSERT OR IGNORE INTO cursor (device, conversation, acknowledged) VALUES (?, ?, ?)",
                device.bytes(),
                conversation.bytes(),
                after);
    }

    /// The conversation is an address's from that place on, for all its devices. Who comes back gets first what
    /// it had not taken before it went.
    static void open(Sql sql, Address address, ConversationId conversation, long from) throws SQLException {
        String statement = """
                INSERT INTO cursor (device, conversation, acknowledged) SELECT id, ?, ? FROM device WHERE address = ?
                ON CONFLICT (device, conversation) DO UPDATE SET
                  acknowledged = CASE WHEN acknowledged >= until THEN excluded.acknowledged ELSE acknowledged END,
                  until = NULL""";
        sql.update(statement, conversation.bytes(), from - 1, address.value());
    }

    /// A place is the last that is the address's.
    static void close(Sql sql, Address address, ConversationId conversation, long last) throws SQLException {
        String statement = """
                UPDATE cursor SET until = ?
                WHERE conversation = ? AND device IN (SELECT id FROM device WHERE address = ?)""";
        sql.update(statement, last, conversation.bytes(), address.value());
    }

    /// A device that has just appeared gets what its owner's rooms hold from now on, and the invitations that
    /// wait.
    static void admit(Sql sql, DeviceId device, Address address) throws SQLException {
        String rooms = """
                INSERT OR IGNORE INTO cursor (device, conversation, acknowledged)
                SELECT ?, m.conversation, c.head FROM member m
                JOIN room r USING (conversation) JOIN conversation c ON c.id = m.conversation WHERE m.address = ?""";
        sql.update(rooms, device.bytes(), address.value());
        String invitations = """
                INSERT OR IGNORE INTO cursor (device, conversation, acknowledged)
                SELECT ?, conversation, sequence - 1 FROM invitation WHERE address = ?""";
        sql.update(invitations, device.bytes(), address.value());
    }

    /// Everybody whom a place is for.
    static Set<DeviceId> readers(Sql sql, ConversationId conversation, long sequence) throws SQLException {
        return new HashSet<>(sql.all(
                "SELECT device FROM cursor WHERE conversation = ? AND (until IS NULL OR until >= ?)",
                row -> DeviceId.ofBytes(row.getBytes(1)),
                conversation.bytes(),
                sequence));
    }
}
