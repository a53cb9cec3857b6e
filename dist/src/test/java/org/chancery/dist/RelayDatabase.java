package org.chancery.dist;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A running relay's database, read beside it.
final class RelayDatabase implements AutoCloseable {
    private final Connection connection;

    private RelayDatabase(Connection connection) {
        this.connection = connection;
    }

    static RelayDatabase open(Path file) throws SQLException {
        return new RelayDatabase(DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro"));
    }

    long letters() throws SQLException {
        return number("SELECT count(*) FROM letter");
    }

    /// How many keys have been wrapped for the devices of an address.
    long wrapsFor(String address) throws SQLException {
        return number("SELECT count(*) FROM wrap JOIN device ON device.id = wrap.device WHERE device.address = '"
                + address + "'");
    }

    /// Waits until there are so many letters: a database tells nobody, so this looks again every few milliseconds.
    void awaitLetters(long count) throws SQLException, InterruptedException {
        await("SELECT count(*) FROM letter", count);
    }

    /// Waits until a device of an address can receive: on the chain, with an envelope key. Looks again likewise.
    void awaitReceiver(String address) throws SQLException, InterruptedException {
        await(
                "SELECT count(*) FROM envelope_key k JOIN chain_device c ON c.device = k.device WHERE c.address = '"
                        + address + "'",
                1);
    }

    private void await(String query, long count) throws SQLException, InterruptedException {
        Duration patience = Program.PATIENCE;
        long deadline = System.nanoTime() + patience.toNanos();
        while (number(query) < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(number(query) + " within " + patience + ", not " + count + ": " + query);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
