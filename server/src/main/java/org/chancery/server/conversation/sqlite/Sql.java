package org.chancery.server.conversation.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.record.EncodedRecord;
import org.jspecify.annotations.Nullable;

/// One connection with its prepared statements. One thread at a time.
final class Sql implements AutoCloseable {

    /// A row as a value.
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// A row as a step; false to look at no more.
    interface RowVisitor {
        boolean visit(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    /// Runs a statement that changes something; how many rows it changed.
    int update(String statement, @Nullable Object... values) throws SQLException {
        return bound(statement, values).executeUpdate();
    }

    <T> Optional<T> one(String query, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(query, values).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        }
    }

    <T> List<T> all(String query, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        List<T> found = new ArrayList<>();
        each(query, row -> found.add(reader.read(row)), values);
        return found;
    }

    void each(String query, RowVisitor visitor, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(query, values).executeQuery()) {
            boolean wanted = true;
            while (wanted && rows.next()) {
                wanted = visitor.visit(rows);
            }
        }
    }

    /// From here on everything up to a [#commit] is one transaction.
    void together() throws SQLException {
        connection.setAutoCommit(false);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    static EncodedRecord record(ResultSet row, int column) throws SQLException {
        return EncodedRecord.of(row.getBytes(column));
    }

    static Digest digest(ResultSet row, int column) throws SQLException {
        return Digest.ofBytes(row.getBytes(column));
    }

    private PreparedStatement bound(String text, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(text);
        if (statement == null) {
            statement = connection.prepareStatement(text);
            prepared.put(text, statement);
        }
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    /// By type: to find it out is a good part of what a short statement takes.
    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case byte[] octets -> statement.setBytes(index, octets);
            case EncodedRecord record -> statement.setBytes(index, record.der());
            case Digest digest -> statement.setBytes(index, digest.bytes());
            case Long number -> statement.setLong(index, number);
            case String text -> statement.setString(index, text);
            case null -> statement.setObject(index, null);
            default -> statement.setObject(index, value);
        }
    }
}
