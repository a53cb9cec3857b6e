package org.chancery.dist;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.DeviceId;

/// A relay's database, read beside it.
final class RelayDatabase implements AutoCloseable {
    private final Connection connection;

    private RelayDatabase(Connection connection) {
        this.connection = connection;
    }

    static RelayDatabase open(Path file) throws SQLException {
        return new RelayDatabase(DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro"));
    }

    /// A database that no relay has open.
    static RelayDatabase forWriting(Path file) throws SQLException {
        return new RelayDatabase(DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=rw"));
    }

    /// The newest letter to an address, as its device is delivered it.
    byte[] delivered(String address) throws SQLException, MalformedEnvelopeException {
        String query = """
                SELECT letter.der, wrap.device, wrap.key_number, wrap.recipient_info
                FROM letter JOIN wrap ON wrap.seal = letter.seal JOIN device ON device.id = wrap.device
                WHERE device.address = ? AND wrap.device <> letter.sender ORDER BY letter.rowid DESC LIMIT 1""";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, address);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new AssertionError("no letter to " + address);
                }
                Wrap wrap = new Wrap(DeviceId.ofBytes(row.getBytes(2)), row.getInt(3), row.getBytes(4));
                return EnvelopeStapler.staple(Letter.parse(row.getBytes(1)), wrap);
            }
        }
    }

    /// In every letter the octet before the tag, the last of what is encrypted.
    void alterTheCiphertextOfEveryLetter() throws SQLException, MalformedEnvelopeException {
        try (Statement statement = connection.createStatement();
                PreparedStatement update = connection.prepareStatement("UPDATE letter SET der = ? WHERE rowid = ?");
                ResultSet row = statement.executeQuery("SELECT rowid, der FROM letter")) {
            while (row.next()) {
                Letter letter = Letter.parse(row.getBytes(2));
                byte[] ciphertext = letter.ciphertext();
                ciphertext[ciphertext.length - 1] ^= 1;
                update.setBytes(1, new Letter(letter.header(), letter.nonce(), ciphertext, letter.tag()).der());
                update.setLong(2, row.getLong(1));
                update.addBatch();
            }
            update.executeBatch();
        }
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
