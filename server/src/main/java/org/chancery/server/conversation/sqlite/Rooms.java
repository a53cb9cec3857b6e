package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.Role;
import org.chancery.server.conversation.RoomRecord;
import org.chancery.server.conversation.Verdict;

/// The tables of rooms: who belongs to them, who is invited, and the entries that made it so.
final class Rooms {

    /// What one answer holds; a frame has room for it.
    private static final int MAX_OCTETS = 256 << 10;

    private static final int MAX_ENTRIES = 256;

    private Rooms() {}

    /// Hash of the last entry; empty for a conversation that is no room.
    static Optional<Digest> head(Sql sql, ConversationId room) throws SQLException {
        return sql.one("SELECT head FROM room WHERE conversation = ?", row -> Sql.digest(row, 1), room.bytes());
    }

    static Optional<Membership> find(Sql sql, ConversationId room) throws SQLException {
        Optional<Digest> head = head(sql, room);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Membership(
                room,
                head.get(),
                roles(sql, "SELECT address, role FROM member WHERE conversation = ?", room),
                roles(sql, "SELECT address, role FROM invitation WHERE conversation = ?", room)));
    }

    private static Map<Address, Role> roles(Sql sql, String query, ConversationId room) throws SQLException {
        Map<Address, Role> roles = new HashMap<>();
        sql.each(
                query,
                row -> {
                    roles.put(
                            new Address(row.getString(1)),
                            Role.ofCode(row.getInt(2)).orElseThrow(() -> new SQLException("a role that is none")));
                    return true;
                },
                room.bytes());
        return roles;
    }

    /// Writes what an entry changes.
    ///
    /// @param before empty where it begins the room
    static void put(Sql sql, Optional<Membership> before, Membership after, long sequence) throws SQLException {
        byte[] room = after.room().bytes();
        sql.update(
                "INSERT INTO room VALUES (?, ?) ON CONFLICT (conversation) DO UPDATE SET head = excluded.head",
                room,
                after.head());
        Map<Address, Role> members =
                before.map(b -> (Map<Address, Role>) b.members()).orElse(Map.of());
        Map<Address, Role> invited =
                before.map(b -> (Map<Address, Role>) b.invited()).orElse(Map.of());
        for (Address gone : missing(members, after.members())) {
            sql.update("DELETE FROM member WHERE conversation = ? AND address = ?", room, gone.value());
        }
        for (Address gone : missing(invited, after.invited())) {
            sql.update("DELETE FROM invitation WHERE conversation = ? AND address = ?", room, gone.value());
        }
        for (Map.Entry<Address, Role> come : after.members().entrySet()) {
            if (!members.containsKey(come.getKey())) {
                sql.update(
                        "INSERT INTO member VALUES (?, ?, ?)",
                        room,
                        come.getKey().value(),
                        come.getValue().code());
            }
        }
        for (Map.Entry<Address, Role> come : after.invited().entrySet()) {
            if (!invited.containsKey(come.getKey())) {
                sql.update(
                        "INSERT INTO invitation VALUES (?, ?, ?, ?)",
                        room,
                        come.getKey().value(),
                        come.getValue().code(),
                        sequence);
            }
        }
    }

    private static List<Address> missing(Map<Address, Role> from, Map<Address, Role> in) {
        return from.keySet().stream()
                .filter(address -> !in.containsKey(address))
                .toList();
    }

    /// How many rooms an address belongs to.
    static int memberships(Sql sql, Address address) throws SQLException {
        return sql.one(
                        "SELECT count(*) FROM member JOIN room USING (conversation) WHERE address = ?",
                        row -> row.getInt(1),
                        address.value())
                .orElseThrow();
    }

    /// How many invitations wait for an address.
    static int invitations(Sql sql, Address address) throws SQLException {
        return sql.one("SELECT count(*) FROM invitation WHERE address = ?", row -> row.getInt(1), address.value())
                .orElseThrow();
    }

    /// The entries behind the one of that hash, if there is such an entry here.
    static Optional<Verdict.Unknown> since(Sql sql, ConversationId room, byte[] hash) throws SQLException {
        return sql.one(
                "SELECT sequence FROM entry WHERE hash = ? AND conversation = ?",
                row -> new Verdict.Unknown(room, row.getLong(1)),
                hash,
                room.bytes());
    }

    /// The record, for who may see it, as far as they may.
    static Optional<RoomRecord> record(Sql sql, ConversationId room, Address asker, long after) throws SQLException {
        boolean known = sql.one("""
                        SELECT 1 FROM member WHERE conversation = ?1 AND address = ?2
                        UNION SELECT 1 FROM invitation WHERE conversation = ?1 AND address = ?2""", row -> true, room.bytes(), asker.value()).isPresent();
        long last = known ? Long.MAX_VALUE : lastOf(sql, room, asker);
        boolean isRoom = head(sql, room).isPresent();
        return last > 0 && isRoom ? Optional.of(record(sql, room, after, last)) : Optional.empty();
    }

    /// Where the room ended for somebody; 0 if they never were in it.
    private static long lastOf(Sql sql, ConversationId room, Address address) throws SQLException {
        return sql.one("""
                        SELECT coalesce(max(u.until), 0) FROM device d JOIN cursor u ON u.device = d.id
                        WHERE d.address = ? AND u.conversation = ?""", row -> row.getLong(1), address.value(), room.bytes())
                .orElseThrow();
    }

    private static RoomRecord record(Sql sql, ConversationId room, long after, long last) throws SQLException {
        List<MembershipPlace> entries = new ArrayList<>();
        int[] octets = {0};
        boolean[] more = {false};
        sql.each(
                """
                SELECT sequence, accepted_at, record FROM entry
                WHERE conversation = ? AND sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?""",
                row -> {
                    EncodedRecord record = Sql.record(row, 3);
                    octets[0] += record.length();
                    more[0] = entries.size() == MAX_ENTRIES || (octets[0] > MAX_OCTETS && !entries.isEmpty());
                    if (!more[0]) {
                        entries.add(new MembershipPlace(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), record));
                    }
                    return !more[0];
                },
                room.bytes(),
                after,
                last,
                MAX_ENTRIES + 1);
        return new RoomRecord(entries, more[0]);
    }

    /// Whether a hash is that of a room's last entry; of a conversation that is no room, whether it is none.
    static boolean isHead(Sql sql, ConversationId conversation, byte[] hash) throws SQLException {
        return Arrays.equals(head(sql, conversation).map(Digest::bytes).orElse(new byte[0]), hash);
    }
}
