package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import java.util.Optional;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.key.EnvelopeKey;
import org.chancery.protocol.key.EnvelopeKeyStatement;

/// The table of envelope keys: the newest of each device.
final class EnvelopeKeys {

    record Newest(int number, EncodedRecord record) {}

    private EnvelopeKeys() {}

    static Optional<Newest> newest(Sql sql, DeviceId device) throws SQLException {
        return sql.one(
                "SELECT number, record FROM envelope_key WHERE device = ?",
                row -> new Newest(row.getInt(1), Sql.record(row, 2)),
                device.bytes());
    }

    static void put(Sql sql, EnvelopeKeyStatement statement) throws SQLException {
        EnvelopeKey key = statement.key();
        sql.update("""
                INSERT INTO envelope_key VALUES (?, ?, ?, ?) ON CONFLICT (device) DO UPDATE SET
                  number = excluded.number, start = excluded.start, record = excluded.record""", key.device().bytes(), key.number(), key.start().toEpochMilli(), statement.record());
    }
}
