package org.chancery.client.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/// The SQLite file of a store: how it is made, so that nobody else can read it, and opened.
final class StoreDatabase {
    static final int SCHEMA = 3; // PRAGMA user_version

    private StoreDatabase() {}

    /// @throws StoreException [StoreFailure#EXPOSED] where it is there, and others may change it
    static void createDirectory(StoreLocation location) throws IOException {
        try {
            Files.createDirectory(
                    location.directory(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!location.isThere() || !Files.isDirectory(location.directory())) {
                throw e;
            }
        }
    }

    /// Made before SQLite opens it: its log and index then get the same mode.
    static void createFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    static Connection connect(Path database) throws StoreException {
        Properties properties = new Properties();
        properties.setProperty("jdbc.get_generated_keys", "false"); // nobody asks, and each INSERT would
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database, properties);
            boolean ready = false;
            try {
                prepare(connection, String.valueOf(database.getFileName()));
                ready = true;
                return connection;
            } finally {
                if (!ready) {
                    connection.close();
                }
            }
        } catch (SQLException e) {
            throw StoreException.disk("cannot open " + database.getFileName(), e);
        }
    }

    /// Makes what is missing in a database.
    private static void prepare(Connection connection, String database) throws SQLException, StoreException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA secure_delete = ON"); // a sent text's outbox row leaves no ciphertext behind
            int schema;
            try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
                schema = row.getInt(1);
            }
            if (schema != 0 && schema != SCHEMA) {
                throw new StoreException(
                        StoreFailure.UNSUPPORTED,
                        database + " has schema " + schema + ", this version knows " + SCHEMA,
                        null);
            }
            for (Table table : Table.values()) {
                SealedTable.create(connection, table);
            }
            statement.execute("PRAGMA user_version = " + SCHEMA);
        }
    }
}
