package org.chancery.onlooker;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.DeviceId;

/// Reads a relay's database as a thief of its disk would: who, when, how much, and the ciphertext. It has no
/// key, and there is none to be found.
public final class Onlooker {
    private static final int EXCERPT_OCTETS = 24;

    private final Connection database;
    private final PrintStream out;

    private Onlooker(Connection database, PrintStream out) {
        this.database = database;
        this.out = out;
    }

    /// `Onlooker RELAY.DB CAPTURED.CMS`: prints what there is, and writes the newest envelope as its reader would get
    /// it.
    public static void main(String[] arguments) throws SQLException, IOException, MalformedEnvelopeException {
        String url = "jdbc:sqlite:file:" + Path.of(arguments[0]).toAbsolutePath() + "?mode=ro";
        try (Connection database = DriverManager.getConnection(url)) {
            Onlooker onlooker = new Onlooker(database, System.out);
            onlooker.printPeople();
            onlooker.printLetters();
            onlooker.capture(arguments[1], Path.of(arguments[2]));
        }
    }

    private void printPeople() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet device =
                        statement.executeQuery("SELECT address, first_seen, id FROM device ORDER BY address")) {
            while (device.next()) {
                out.printf(
                        "  %-20s since %s  device %s%n",
                        device.getString(1), time(device.getLong(2)), start(device.getBytes(3), 8));
            }
        }
    }

    private void printLetters() throws SQLException {
        String query = """
                SELECT letter.sequence, letter.accepted_at, device.address, length(letter.der), letter.der
                FROM letter JOIN device ON device.id = letter.sender ORDER BY letter.conversation, letter.sequence""";
        try (Statement statement = database.createStatement();
                ResultSet letter = statement.executeQuery(query)) {
            while (letter.next()) {
                byte[] der = letter.getBytes(5);
                out.printf(
                        "  letter %d  %s  from %s  %d octets  ... %s%n",
                        letter.getLong(1), time(letter.getLong(2)), letter.getString(3), letter.getInt(4), end(der));
            }
        }
    }

    /// The newest letter with the reader's wrap of its seal.
    private void capture(String reader, Path file) throws SQLException, IOException, MalformedEnvelopeException {
        String query = """
                SELECT letter.der, wrap.device, wrap.key_number, wrap.recipient_info
                FROM letter JOIN wrap ON wrap.seal = letter.seal JOIN device ON device.id = wrap.device
                WHERE device.address = ? AND wrap.device <> letter.sender ORDER BY letter.rowid DESC LIMIT 1""";
        try (PreparedStatement statement = database.prepareStatement(query)) {
            statement.setString(1, reader);
            try (ResultSet newest = statement.executeQuery()) {
                if (!newest.next()) {
                    out.println("  no letter for " + reader);
                    return;
                }
                Letter letter = Letter.parse(newest.getBytes(1));
                Wrap wrap = new Wrap(DeviceId.ofBytes(newest.getBytes(2)), newest.getInt(3), newest.getBytes(4));
                Files.write(file, EnvelopeStapler.staple(letter, wrap));
                out.println("  The newest for " + reader + ", as the relay sends it: " + file);
            }
        }
    }

    private static String time(long epochMilli) {
        return Instant.ofEpochMilli(epochMilli).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String start(byte[] octets, int length) {
        return HexFormat.of().formatHex(octets, 0, length);
    }

    /// The last octets: ciphertext and tag, where the first are only the structure.
    private static String end(byte[] octets) {
        return HexFormat.of().formatHex(octets, Math.max(0, octets.length - EXCERPT_OCTETS), octets.length);
    }
}
