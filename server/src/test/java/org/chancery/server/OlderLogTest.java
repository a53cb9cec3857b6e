package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A log that an older relay has written is served on: by each version there was, made from today's by undoing what
/// each later one added.
@Timeout(60)
class OlderLogTest {

    private static final Address BOB = new Address("bob@lab.example");

    /// What makes a log of version n + 1 one of version n; the first undoes version 2.
    private static final List<List<String>> UNDOING = List.of(
            List.of("ALTER TABLE device DROP COLUMN receives"),
            List.of(
                    "DROP INDEX letter_kept",
                    "DROP INDEX letter_seal",
                    "DROP TABLE usage",
                    "DROP TABLE gap",
                    "DROP TABLE lapse"),
            List.of(
                    "DROP TABLE room",
                    "DROP TABLE invitation",
                    "DROP TABLE entry",
                    "DROP TABLE device_chain",
                    "DROP TABLE chain_device",
                    "DROP TABLE device_entry",
                    "ALTER TABLE member DROP COLUMN role",
                    "ALTER TABLE seal DROP COLUMN membership_head",
                    "ALTER TABLE cursor DROP COLUMN until",
                    "ALTER TABLE device DROP COLUMN ended"),
            List.of("DROP TABLE device_offer"),
            List.of(
                    "DROP TABLE envelope_key",
                    "ALTER TABLE wrap DROP COLUMN key_number",
                    "ALTER TABLE seal DROP COLUMN chain_heads"));

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final Identity bob = pki.client(BOB.value());

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void isServedOn(int version) throws Exception {
        TestClient.Line line;
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            relay.greeted(bob).close();
            TestClient writer = relay.greeted(alice);
            line = writer.line(BOB, bob);
            line.send("before");
            writer.expect(Frame.Published.class);
        }
        makeOlder(directory.resolve("data/relay.db"), version);
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            TestClient reader = relay.greeted(bob);
            assertThat(reader.expect(Frame.Deliver.class).sequence()).isEqualTo(1);
            TestClient writer = relay.greeted(alice);
            writer.say(line.write("after, under the seal of before"));
            assertThat(writer.expect(Frame.Refused.class).error()).isEqualTo(ProtocolError.STALE_SEAL);
            writer.line(BOB, bob).send("after");
            assertThat(writer.expect(Frame.Published.class).sequence()).isEqualTo(2);
            assertThat(reader.expect(Frame.Deliver.class).sequence()).isEqualTo(2);
        }
    }

    private static void makeOlder(Path file, int version) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (List<String> step :
                    UNDOING.subList(version - 1, UNDOING.size()).reversed()) {
                for (String sql : step) {
                    statement.execute(sql);
                }
            }
            statement.execute("PRAGMA user_version = " + version);
        }
    }
}
