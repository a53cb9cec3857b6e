package org.chancery.ca.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import org.chancery.pki.certificate.SerialNumber;
import org.jspecify.annotations.Nullable;

/// Appends to the record of acts, in the transaction of what they record.
record ActTable(Connection connection) {
    void append(Instant at, Act act, @Nullable SerialNumber serial, String detail) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO act (at, kind, serial, detail) VALUES (?, ?, ?, ?)")) {
            insert.setLong(1, at.getEpochSecond());
            insert.setString(2, act.code());
            insert.setString(3, serial == null ? null : serial.hex());
            insert.setString(4, detail);
            insert.executeUpdate();
        }
    }
}
