package org.chancery.bench.messenger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.DeviceId;

/// The database of a relay that runs, read beside it.
final class RelayLog implements AutoCloseable {
    private final Connection connection;

    private RelayLog(Connection connection) {
        this.connection = connection;
    }

    static RelayLog open(Path file) throws SQLException {
        return new RelayLog(DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro"));
    }

    /// The last place of a conversation.
    long last(ConversationId conversation) throws SQLException {
        return number("SELECT head FROM conversation WHERE id = ?", conversation.bytes());
    }

    /// Seals of a conversation.
    long seals(ConversationId conversation) throws SQLException {
        return number("SELECT count(*) FROM seal WHERE conversation = ?", conversation.bytes());
    }

    /// Up to where a device has acknowledged.
    long acknowledged(DeviceId device, ConversationId conversation) throws SQLException {
        return number(
                "SELECT coalesce(max(acknowledged), 0) FROM cursor WHERE device = ? AND conversation = ?",
                device.bytes(),
                conversation.bytes());
    }

    private long number(String query, byte[]... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setBytes(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
