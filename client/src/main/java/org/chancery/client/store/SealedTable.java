package org.chancery.client.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One table of sealed records: `id` orders them, `name` finds one, `parent` finds those that belong together.
///
/// Not thread safe; [MessageStore] lets one thread in at a time.
final class SealedTable {
    /// A record as it came out of the table, opened.
    @SuppressWarnings("ArrayRecordComponent") // made here, decoded once, never compared
    record Row(long id, byte[] name, byte[] parent, byte[] body) {}

    private static final byte[] NO_PARENT = {};

    private final Connection connection;
    private final RecordCipher cipher;
    private final Table table;

    /// Made once: of what a letter costs the store, making them anew each time was half. They go with the connection.
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    SealedTable(Connection connection, RecordCipher cipher, Table table) {
        this.connection = connection;
        this.cipher = cipher;
        this.table = table;
    }

    static void create(Connection connection, Table table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table.sqlName()
                    + " (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, parent BLOB NOT NULL, body BLOB NOT NULL)");
            statement.execute("CREATE INDEX IF NOT EXISTS " + table.sqlName() + "_parent ON " + table.sqlName()
                    + " (parent, id) WHERE length(parent) > 0");
        }
    }

    /// The blinded name for what `parts` stand for.
    byte[] name(byte[]... parts) {
        return cipher.name(table, parts);
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement made = statements.get(sql);
        if (made == null) {
            made = connection.prepareStatement(sql);
            statements.put(sql, made);
        }
        return made;
    }

    /// The id that the next new record takes.
    long nextId() throws StoreException {
        try (ResultSet rows = statement("SELECT coalesce(max(id), 0) + 1 FROM " + table.sqlName())
                .executeQuery()) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw failed("number", e);
        }
    }

    /// The lowest id there is; 0 where there is none.
    long lowestId() throws StoreException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT coalesce(min(id), 0) FROM " + table.sqlName())) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw failed("number", e);
        }
    }

    /// Writes the record `name`, over the one that bears this name already if there is one.
    void put(byte[] name, byte[] body) throws StoreException {
        put(name, NO_PARENT, body);
    }

    /// As [#put(byte[], byte[])], below `parent`.
    void put(byte[] name, byte[] parent, byte[] body) throws StoreException {
        Optional<Long> present = idOf(name);
        put(present.isPresent() ? present.get() : nextId(), name, parent, body);
    }

    /// Writes the record with this id, over the one that has it already if there is one.
    void put(long id, byte[] name, byte[] parent, byte[] body) throws StoreException {
        try {
            PreparedStatement statement = statement("INSERT INTO " + table.sqlName()
                    + " (id, name, parent, body) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, parent = excluded.parent,"
                    + " body = excluded.body");
            statement.setLong(1, id);
            statement.setBytes(2, name);
            statement.setBytes(3, parent);
            statement.setBytes(4, cipher.seal(table, id, name, parent, body));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw failed("write", e);
        }
    }

    Optional<Row> find(byte[] name) throws StoreException {
        return select("WHERE name = ?", statement -> statement.setBytes(1, name)).stream()
                .findFirst();
    }

    Optional<Row> find(long id) throws StoreException {
        return select("WHERE id = ?", statement -> statement.setLong(1, id)).stream()
                .findFirst();
    }

    boolean contains(byte[] name) throws StoreException {
        return idOf(name).isPresent();
    }

    /// All records in the order of their ids.
    List<Row> all() throws StoreException {
        return select("ORDER BY id", statement -> {});
    }

    /// The newest `limit` records below `parent` with an id above `after`, newest first.
    List<Row> newest(byte[] parent, long after, int limit) throws StoreException {
        return select("WHERE parent = ? AND id > ? AND length(parent) > 0 ORDER BY id DESC LIMIT ?", statement -> {
            statement.setBytes(1, parent);
            statement.setLong(2, after);
            statement.setInt(3, limit);
        });
    }

    /// The `limit` newest records with an id below `before`, newest first.
    List<Row> before(long before, int limit) throws StoreException {
        return select("WHERE id < ? ORDER BY id DESC LIMIT ?", statement -> {
            statement.setLong(1, before);
            statement.setInt(2, limit);
        });
    }

    /// As [#before(long, int)], of those below `parent`.
    List<Row> before(byte[] parent, long before, int limit) throws StoreException {
        return select("WHERE parent = ? AND id < ? AND length(parent) > 0 ORDER BY id DESC LIMIT ?", statement -> {
            statement.setBytes(1, parent);
            statement.setLong(2, before);
            statement.setInt(3, limit);
        });
    }

    void delete(byte[] name) throws StoreException {
        try {
            PreparedStatement statement = statement("DELETE FROM " + table.sqlName() + " WHERE name = ?");
            statement.setBytes(1, name);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw failed("delete from", e);
        }
    }

    void deleteAll() throws StoreException {
        try {
            statement("DELETE FROM " + table.sqlName()).executeUpdate();
        } catch (SQLException e) {
            throw failed("empty", e);
        }
    }

    private Optional<Long> idOf(byte[] name) throws StoreException {
        try {
            PreparedStatement statement = statement("SELECT id FROM " + table.sqlName() + " WHERE name = ?");
            statement.setBytes(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    private List<Row> select(String condition, Binding binding) throws StoreException {
        try {
            PreparedStatement statement =
                    statement("SELECT id, name, parent, body FROM " + table.sqlName() + " " + condition);
            binding.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                List<Row> opened = new ArrayList<>();
                while (rows.next()) {
                    long id = rows.getLong(1);
                    byte[] name = rows.getBytes(2);
                    byte[] parent = rows.getBytes(3);
                    opened.add(new Row(id, name, parent, cipher.open(table, id, name, parent, rows.getBytes(4))));
                }
                return opened;
            }
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    private StoreException failed(String verb, SQLException e) {
        return StoreException.disk("cannot " + verb + " " + table.sqlName(), e);
    }

    /// Fills in a statement's parameters.
    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }
}
