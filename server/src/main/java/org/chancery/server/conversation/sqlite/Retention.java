package org.chancery.server.conversation.sqlite;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.conversation.Gap;
import org.chancery.server.conversation.Lapse;

/// Lets letters go. A letter goes when every device that it is wrapped for has it, and some time has passed; and at
/// the latest when it has been kept for as long as letters are. Then whoever has not fetched it finds a counted gap in
/// its place, and its sender is told. Devices that are revoked, ended or have run out hold nothing back. Place, hash
/// and transcript stay.
final class Retention {

    /// Rows that one look takes.
    private static final int PAGE = 256;

    /// A device that has not fetched a letter and still could.
    private static final String WAITS = "w.device <> l.sender AND d.revoked = 0 AND d.ended = 0"
            + " AND d.not_after >= ? AND c.acknowledged < l.sequence";

    private static final String DEVICE_AND_CURSOR = " JOIN device d ON d.id = w.device"
            + " JOIN cursor c ON c.device = w.device AND c.conversation = l.conversation ";

    private Retention() {}

    /// Where a look at the letters has come to.
    record Place(long acceptedAt, long row) {
        static final Place START = new Place(Long.MIN_VALUE, 0);
    }

    /// Some letters that have been looked at.
    ///
    /// @param due the rows of those that may go
    /// @param next where to look on; empty at the end
    record Look(List<Long> due, Optional<Place> next) {}

    /// Looks at some of the letters that are still kept, oldest first. Only reads.
    static Look look(Sql sql, Place after, Instant now, StorageBounds bounds) throws SQLException {
        record Seen(Place place, boolean due) {}
        List<Seen> seen = sql.all(
                "SELECT l.accepted_at, l.rowid, l.accepted_at < ? OR NOT EXISTS (SELECT 1 FROM wrap w"
                        + DEVICE_AND_CURSOR + "WHERE w.seal = l.seal AND " + WAITS + ")"
                        + " FROM letter l WHERE length(l.der) > 0 AND l.accepted_at < ?"
                        + " AND (l.accepted_at, l.rowid) > (?, ?) ORDER BY l.accepted_at, l.rowid LIMIT ?",
                row -> new Seen(new Place(row.getLong(1), row.getLong(2)), row.getInt(3) != 0),
                now.minus(bounds.keepAtMost()).toEpochMilli(),
                now.toEpochMilli(),
                now.minus(bounds.keepAtLeast()).toEpochMilli(),
                after.acceptedAt(),
                after.row(),
                PAGE);
        return new Look(
                seen.stream().filter(Seen::due).map(one -> one.place().row()).toList(),
                seen.size() == PAGE ? Optional.of(seen.getLast().place()) : Optional.empty());
    }

    /// When the newest letter was taken that is still kept.
    static Optional<Instant> newest(Sql sql) throws SQLException {
        return sql.one(
                "SELECT accepted_at FROM letter WHERE length(der) > 0 ORDER BY accepted_at DESC LIMIT 1",
                row -> Instant.ofEpochMilli(row.getLong(1)));
    }

    /// Removes letters, and the seals that nothing is under any longer.
    ///
    /// @return the devices whose letters somebody has not fetched
    static Set<DeviceId> remove(Sql sql, Storage storage, List<Long> rows, Instant now) throws SQLException {
        Set<DeviceId> senders = new HashSet<>();
        Map<ByteBuffer, byte[]> seals = new HashMap<>(); // by content
        for (long row : rows) {
            Optional<Held> held = held(sql, row);
            if (held.isPresent()) {
                if (leaveGaps(sql, row, held.get(), now)) {
                    senders.add(held.get().sender());
                }
                storage.add(sql, held.get().from(), -held.get().octets());
                sql.update("UPDATE letter SET der = x'' WHERE rowid = ?", row);
                seals.put(ByteBuffer.wrap(held.get().seal()), held.get().seal());
            }
        }
        for (byte[] seal : seals.values()) {
            removeUnused(sql, storage, seal);
        }
        return senders;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Held(
            ConversationId conversation, long sequence, DeviceId sender, byte[] seal, Address from, long octets) {}

    private static Optional<Held> held(Sql sql, long row) throws SQLException {
        return sql.one(
                """
                SELECT l.conversation, l.sequence, l.sender, l.seal, d.address, length(l.der)
                FROM letter l JOIN device d ON d.id = l.sender WHERE l.rowid = ? AND length(l.der) > 0""",
                found -> new Held(
                        ConversationId.ofBytes(found.getBytes(1)),
                        found.getLong(2),
                        DeviceId.ofBytes(found.getBytes(3)),
                        found.getBytes(4),
                        new Address(found.getString(5)),
                        found.getLong(6)),
                row);
    }

    /// Notes for each device that has not fetched the letter that there was one, and for its sender that it was not
    /// fetched.
    private static boolean leaveGaps(Sql sql, long row, Held letter, Instant now) throws SQLException {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Late(byte[] device, String address) {}
        List<Late> late = sql.all(
                "SELECT w.device, d.address FROM letter l JOIN wrap w ON w.seal = l.seal" + DEVICE_AND_CURSOR
                        + "WHERE l.rowid = ? AND " + WAITS,
                found -> new Late(found.getBytes(1), found.getString(2)),
                row,
                now.toEpochMilli());
        for (Late one : late) {
            sql.update("""
                    INSERT INTO gap VALUES (?, ?, ?, 1)
                    ON CONFLICT (device, conversation) DO UPDATE
                      SET through = max(through, excluded.through), count = count + 1""", one.device(), letter.conversation().bytes(), letter.sequence());
            sql.update("""
                    INSERT INTO lapse VALUES (?, ?, ?, ?, 1)
                    ON CONFLICT (sender, conversation, address) DO UPDATE
                      SET through = max(through, excluded.through), count = count + 1""", letter.sender().bytes(), letter.conversation().bytes(), one.address(), letter.sequence());
        }
        return !late.isEmpty();
    }

    /// A sender that still uses it presents it again.
    private static void removeUnused(Sql sql, Storage storage, byte[] seal) throws SQLException {
        boolean used = sql.one("SELECT 1 FROM letter WHERE seal = ? AND length(der) > 0", _ -> true, seal)
                .orElse(false);
        if (!used) {
            record Wraps(Address from, long octets) {}
            Optional<Wraps> wraps = sql.one("""
                    SELECT d.address, sum(length(w.recipient_info))
                    FROM seal s JOIN device d ON d.id = s.sender JOIN wrap w ON w.seal = s.id
                    WHERE s.id = ? GROUP BY d.address""", row -> new Wraps(new Address(row.getString(1)), row.getLong(2)), seal);
            if (wraps.isPresent()) {
                storage.add(sql, wraps.get().from(), -wraps.get().octets());
            }
            sql.update("DELETE FROM wrap WHERE seal = ?", seal);
            sql.update("DELETE FROM seal WHERE id = ?", seal);
        }
    }

    /// What a device has missed in a conversation behind a place.
    static Optional<Gap> gap(Sql sql, DeviceId device, ConversationId conversation, long after) throws SQLException {
        return sql.one(
                """
                SELECT g.through, g.count, l.transcript FROM gap g
                JOIN letter l ON l.conversation = g.conversation AND l.sequence = g.through
                WHERE g.device = ? AND g.conversation = ? AND g.through > ?""",
                row -> new Gap(row.getLong(1), row.getLong(2), Sql.digest(row, 3)),
                device.bytes(),
                conversation.bytes(),
                after);
    }

    /// A note of a gap that nobody has to be told of any longer.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Told(byte[] device, byte[] conversation, long through) {}

    /// Some of the gaps that their devices have acknowledged, or whose devices do not come any more: revoked, ended,
    /// or run out for as long as a letter is kept. Only reads.
    static List<Told> told(Sql sql, Instant now, StorageBounds bounds) throws SQLException {
        return sql.all(
                """
                SELECT g.device, g.conversation, g.through FROM gap g JOIN device d ON d.id = g.device
                LEFT JOIN cursor c ON c.device = g.device AND c.conversation = g.conversation
                WHERE g.through <= c.acknowledged OR d.revoked = 1 OR d.ended = 1 OR d.not_after < ? LIMIT ?""",
                row -> new Told(row.getBytes(1), row.getBytes(2), row.getLong(3)),
                now.minus(bounds.keepAtMost()).toEpochMilli(),
                PAGE);
    }

    /// Forgets gaps, unless more is missing since.
    static void forget(Sql sql, List<Told> gaps) throws SQLException {
        for (Told gap : gaps) {
            sql.update(
                    "DELETE FROM gap WHERE device = ? AND conversation = ? AND through <= ?",
                    gap.device(),
                    gap.conversation(),
                    gap.through());
        }
    }

    /// What a sender is to be told.
    static List<Lapse> lapses(Sql sql, DeviceId sender, Optional<Lapse> after, int limit) throws SQLException {
        return sql.all(
                """
                SELECT conversation, address, through, count FROM lapse
                WHERE sender = ? AND (conversation, address) > (?, ?) ORDER BY conversation, address LIMIT ?""",
                row -> new Lapse(
                        ConversationId.ofBytes(row.getBytes(1)),
                        new Address(row.getString(2)),
                        row.getLong(3),
                        row.getLong(4)),
                sender.bytes(),
                after.map(last -> last.conversation().bytes()).orElse(new byte[0]),
                after.map(last -> last.address().value()).orElse(""),
                limit);
    }

    /// A sender knows; what has lapsed since is told anew, with what it knew.
    static void seen(Sql sql, DeviceId sender, ConversationId conversation, Address address, long through)
            throws SQLException {
        sql.update(
                "DELETE FROM lapse WHERE sender = ? AND conversation = ? AND address = ? AND through <= ?",
                sender.bytes(),
                conversation.bytes(),
                address.value(),
                through);
    }
}
