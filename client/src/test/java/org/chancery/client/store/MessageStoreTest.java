package org.chancery.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.content.Body;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageStoreTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final ConversationId CONVERSATION = ConversationId.direct(ALICE, BOB);
    private static final Party PARTY = new Party(CONVERSATION, Optional.of(BOB));
    private static final String TEXT = "the generator room, at six";

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path directory;

    private StoreLocation location;

    @BeforeEach
    void placeStore() {
        location = new StoreLocation(directory.resolve("alice.p12"));
    }

    @Test
    void remembersAcrossReopening() throws IOException {
        UUID draft = UUID.randomUUID();
        try (MessageStore store = open("secret")) {
            store.history().add(new Origin.Draft(draft), line(TEXT));
            store.conversations().put(conversation());
            store.settings().putIncarnation("log-1");
        }
        try (MessageStore store = open("secret")) {
            assertThat(store.history().newest(CONVERSATION, 0, 10))
                    .extracting(StoredLine::line)
                    .containsExactly(line(TEXT));
            assertThat(store.conversations().all()).containsExactly(conversation());
            assertThat(store.settings().incarnation()).contains("log-1");
        }
    }

    @Test
    void holdsNothingReadableOnDisk() throws IOException {
        try (MessageStore store = open()) {
            StoredLine stored = store.history().add(draft(), line(TEXT)).orElseThrow();
            store.conversations().put(conversation());
            assertThat(store.history().find(stored.id())).contains(stored);
            assertThat(store.history().newest(CONVERSATION, 0, 1)).isNotEmpty();
            assertNowhereOnDisk(); // with the write-ahead log still there
        }
        assertNowhereOnDisk();
    }

    private void assertNowhereOnDisk() throws IOException {
        for (Path file : files()) {
            byte[] octets = Files.readAllBytes(file);
            for (String secret : List.of(TEXT, "bob@lab.example", "alice@lab.example")) {
                for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
                    assertThat(contains(octets, secret.getBytes(charset)))
                            .as("%s holds '%s'", file.getFileName(), secret)
                            .isFalse();
                }
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(location.directory())) {
            List<Path> all = files.toList();
            assertThat(all).anyMatch(file -> file.endsWith("store.db"));
            return all;
        }
    }

    @Test
    void findsWhatItSearchesForWhereItIs() throws IOException {
        Path plain = directory.resolve("plain");
        Files.writeString(plain, "x" + TEXT + "y");
        assertThat(contains(Files.readAllBytes(plain), TEXT.getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @Test
    void letsNobodyElseIn() throws IOException {
        try (MessageStore _ = open()) {
            assertThat(mode(location.directory())).isEqualTo("rwx------");
            for (Path file : files()) {
                assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void namesAWrongPassphrase() throws IOException {
        open("secret").close();
        assertThatThrownBy(() -> open("guess"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.WRONG_PASSPHRASE));
        open("secret").close(); // and has let go of it
    }

    @Test
    void refusesAKeyFileOfUnboundedCost() throws IOException {
        open().close();
        byte[] key = Files.readAllBytes(location.key());
        key[5] = 0x7f; // the highest octet of the iterations
        Files.write(location.key(), key);
        assertThatThrownBy(() -> open())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.UNSUPPORTED));
    }

    @Test
    void refusesRecordsThatWereSwapped() throws IOException, SQLException {
        try (MessageStore store = open()) {
            store.history().add(draft(), line("first"));
            store.history().add(draft(), line("second"));
        }
        byte[] first = body(1);
        change("UPDATE message SET body = (SELECT body FROM message WHERE id = 2) WHERE id = 1");
        assertDamaged(1);
        assertThat(first).isNotEqualTo(body(1));
    }

    @Test
    void refusesARecordMovedIntoAnotherConversation() throws IOException, SQLException {
        try (MessageStore store = open()) {
            store.history().add(draft(), line("first"));
        }
        change("UPDATE message SET parent = zeroblob(32) WHERE id = 1");
        assertDamaged(1);
    }

    @Test
    void refusesARecordWithOneBitFlipped() throws IOException, SQLException {
        try (MessageStore store = open()) {
            store.history().add(draft(), line("first"));
        }
        byte[] body = body(1);
        body[body.length / 2] ^= 1;
        try (Connection connection = connect();
                var statement = connection.prepareStatement("UPDATE message SET body = ? WHERE id = 1")) {
            statement.setBytes(1, body);
            statement.executeUpdate();
        }
        assertDamaged(1);
    }

    private void assertDamaged(long id) throws IOException {
        try (MessageStore store = open()) {
            assertThatThrownBy(() -> store.history().find(id))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.DAMAGED));
        }
    }

    @Test
    void storesWhatIsDeliveredTwiceOnce() throws IOException {
        Identity bob = TestPki.create().client("bob@lab.example");
        Origin origin = new Origin.Letter(bob.deviceId(), ChainId.random(random), 1);
        try (MessageStore store = open()) {
            assertThat(store.history().add(origin, line(TEXT))).isPresent();
            assertThat(store.history().add(origin, line(TEXT))).isEmpty();
            assertThat(store.history().newest(CONVERSATION, 0, 10)).hasSize(1);
        }
    }

    @Test
    void keepsAllOfACommitOrNothing() throws IOException {
        try (MessageStore store = open()) {
            assertThatThrownBy(() -> store.commit(() -> {
                        store.history().add(draft(), line(TEXT));
                        throw new IllegalStateException("in the middle");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(store.history().newest(CONVERSATION, 0, 10)).isEmpty();
            store.commit(() -> store.history().add(draft(), line(TEXT)));
            assertThat(store.history().newest(CONVERSATION, 0, 10)).hasSize(1);
        }
    }

    @Test
    void namesTheProcessThatOwnsIt() throws IOException {
        try (MessageStore _ = open()) {
            assertInUseBy(ProcessHandle.current().pid());
        }
        open().close();
    }

    @Test
    void namesAnotherProcessThatOwnsIt() throws Exception {
        open().close();
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        location.keystore().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(owner.inputReader().readLine()).isEqualTo("held");
            assertInUseBy(owner.pid());
        } finally {
            owner.destroy();
            assertThat(owner.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        open().close(); // what it held went with it
    }

    private void assertInUseBy(long pid) {
        assertThatThrownBy(() -> open()).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.failure()).isEqualTo(StoreFailure.IN_USE);
            assertThat(e.owner()).hasValue(pid);
            assertThat(e).hasMessage("alice.p12 is in use by process " + pid);
        });
    }

    /// Without a passphrase, which would be stretched for half a second each time.
    private MessageStore open() throws IOException {
        return MessageStore.open(location, Passphrase.none(), random);
    }

    private MessageStore open(String passphrase) throws IOException {
        try (Passphrase secret = Passphrase.of(passphrase.toCharArray())) {
            return MessageStore.open(location, secret, random);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + location.database());
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private byte[] body(long id) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT body FROM message WHERE id = " + id)) {
            assertThat(row.next()).isTrue();
            return row.getBytes(1);
        }
    }

    private static Origin draft() {
        return new Origin.Draft(UUID.randomUUID());
    }

    private static Line line(String text) {
        return new Line(
                PARTY,
                ALICE,
                Optional.empty(),
                true,
                Optional.of(new Body.Text(text)),
                Instant.parse("2026-11-22T10:31:07Z"),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Conversation conversation() {
        return Conversation.begun(PARTY, new ChainId("00112233445566778899aabbccddeeff"))
                .wrote(Digest.over(new byte[] {1}))
                .saw(7, Digest.over(new byte[] {2}))
                .read(3);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static boolean contains(byte[] octets, byte[] sought) {
        for (int i = 0; i + sought.length <= octets.length; i++) {
            if (Arrays.equals(octets, i, i + sought.length, sought, 0, sought.length)) {
                return true;
            }
        }
        return false;
    }
}
