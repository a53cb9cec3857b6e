package org.chancery.server.conversation.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.Receiver;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.server.conversation.KnownDevice;

/// The table of devices.
final class Devices {

    private static final String COLUMNS = "SELECT d.id, address, display_name, chain, revoked, ended, k.record"
            + " FROM device d LEFT JOIN envelope_key k ON k.device = d.id ";

    private Devices() {}

    static Optional<Address> addressOf(Sql sql, DeviceId device) throws SQLException {
        return sql.one("SELECT address FROM device WHERE id = ?", row -> new Address(row.getString(1)), device.bytes());
    }

    /// Enters a device, or renews what is known of it.
    static void put(Sql sql, KnownDevice device, Instant now) throws SQLException {
        if (addressOf(sql, device.id()).isEmpty()) {
            Cursors.admit(sql, device.id(), device.address());
        }
        sql.update(
                """
                INSERT INTO device (id, address, display_name, chain, not_after, first_seen, revoked, receives)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET display_name = excluded.display_name, chain = excluded.chain,
                  not_after = excluded.not_after, revoked = excluded.revoked,
                  receives = excluded.receives""",
                device.id().bytes(),
                device.address().value(),
                device.displayName().orElse(null),
                ChainBlob.write(device.chain()),
                device.chain().leaf().getNotAfter().toInstant().toEpochMilli(),
                now.toEpochMilli(),
                device.revoked() ? 1 : 0,
                Receiver.isOne(device.chain().leaf()) ? 1 : 0);
    }

    static void revoke(Sql sql, Collection<DeviceId> devices) throws SQLException {
        for (DeviceId device : devices) {
            sql.update("UPDATE device SET revoked = 1 WHERE id = ?", device.bytes());
        }
    }

    /// Whether nothing is taken from a device any longer.
    static boolean silenced(Sql sql, DeviceId device) throws SQLException {
        return sql.one("SELECT 1 FROM device WHERE id = ? AND (revoked = 1 OR ended = 1)", row -> true, device.bytes())
                .isPresent();
    }

    static List<KnownDevice> ofAddress(Sql sql, Address address) throws SQLException {
        return sql.all(COLUMNS + "WHERE address = ? ORDER BY first_seen, id", Devices::read, address.value());
    }

    static Optional<KnownDevice> byId(Sql sql, DeviceId device) throws SQLException {
        return sql.one(COLUMNS + "WHERE id = ?", Devices::read, device.bytes());
    }

    static List<KnownDevice> byPrefix(Sql sql, String prefix, int limit) throws SQLException {
        // Canonical addresses are ASCII: everything that begins so lies below the prefix with a DEL behind it.
        return sql.all(
                COLUMNS + "WHERE address >= ? AND address < ? ORDER BY address, first_seen, id LIMIT ?",
                Devices::read,
                prefix,
                prefix + '\u007f',
                limit);
    }

    static List<KnownDevice> unrevoked(Sql sql) throws SQLException {
        return sql.all(COLUMNS + "WHERE revoked = 0", Devices::read);
    }

    private static KnownDevice read(ResultSet row) throws SQLException {
        return new KnownDevice(
                new Address(row.getString("address")),
                Optional.ofNullable(row.getString("display_name")),
                DeviceId.ofBytes(row.getBytes("id")),
                ChainBlob.read(row.getBytes("chain")),
                row.getInt("revoked") != 0 || row.getInt("ended") != 0,
                Optional.ofNullable(row.getBytes("record")).map(EncodedRecord::of));
    }
}
