package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.device.DeviceChain;

/// The tables of device chains.
final class DeviceChains {

    private DeviceChains() {}

    static Optional<DeviceChain> find(Sql sql, Address address) throws SQLException {
        record Row(Digest first, Digest head, int entries) {}
        Optional<Row> row = sql.one(
                "SELECT first, head, entries FROM device_chain WHERE address = ?",
                it -> new Row(Sql.digest(it, 1), Sql.digest(it, 2), it.getInt(3)),
                address.value());
        if (row.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DeviceChain(
                address,
                row.get().first(),
                row.get().head(),
                row.get().entries(),
                devices(sql, address, false),
                devices(sql, address, true)));
    }

    private static Set<DeviceId> devices(Sql sql, Address address, boolean ended) throws SQLException {
        return new HashSet<>(sql.all(
                "SELECT device FROM chain_device WHERE address = ? AND ended = ?",
                row -> DeviceId.ofBytes(row.getBytes(1)),
                address.value(),
                ended ? 1 : 0));
    }

    /// The hash of a chain's last entry; empty where none has begun.
    static Optional<Digest> head(Sql sql, Address address) throws SQLException {
        return sql.one("SELECT head FROM device_chain WHERE address = ?", row -> Sql.digest(row, 1), address.value());
    }

    /// Whether a device on the chain can sign: not revoked, with a certificate that has not ended.
    static boolean alive(Sql sql, Address address, Instant now) throws SQLException {
        String query = """
                SELECT 1 FROM chain_device c LEFT JOIN device d ON d.id = c.device
                WHERE c.address = ? AND c.ended = 0 AND coalesce(d.revoked, 0) = 0
                  AND max(c.not_after, coalesce(d.not_after, 0)) >= ?""";
        return sql.one(query, row -> true, address.value(), now.toEpochMilli()).isPresent();
    }

    static boolean ended(Sql sql, DeviceId device) throws SQLException {
        return sql.one("SELECT 1 FROM chain_device WHERE device = ? AND ended = 1", row -> true, device.bytes())
                .isPresent();
    }

    /// Takes the devices of a chain that nobody can sign for off it; those that it ended stay ended.
    static void abandon(Sql sql, Address address) throws SQLException {
        sql.update("DELETE FROM chain_device WHERE address = ? AND ended = 0", address.value());
    }

    static void put(Sql sql, DeviceChain chain) throws SQLException {
        sql.update("""
                INSERT INTO device_chain VALUES (?, ?, ?, ?) ON CONFLICT (address) DO UPDATE SET
                  first = excluded.first, head = excluded.head, entries = excluded.entries""", chain.address().value(), chain.first(), chain.head(), chain.entries());
    }

    static void join(Sql sql, Address address, DeviceId device, Instant notAfter) throws SQLException {
        sql.update(
                "INSERT INTO chain_device VALUES (?, ?, 0, ?)",
                address.value(),
                device.bytes(),
                notAfter.toEpochMilli());
    }

    static void end(Sql sql, Address address, DeviceId device) throws SQLException {
        sql.update(
                "UPDATE chain_device SET ended = 1 WHERE address = ? AND device = ?", address.value(), device.bytes());
        sql.update("UPDATE device SET ended = 1 WHERE id = ?", device.bytes());
    }

    static List<EncodedRecord> records(Sql sql, Address address) throws SQLException {
        String query = """
                SELECT e.record FROM device_entry e JOIN device_chain c USING (address, first)
                WHERE c.address = ? ORDER BY e.position""";
        return sql.all(query, row -> Sql.record(row, 1), address.value());
    }
}
