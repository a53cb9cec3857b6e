package org.chancery.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.chancery.client.keys.DeviceKeys;
import org.chancery.client.keys.KeyDirectory;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.Origin;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.content.Body;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {
    private static final Address BOB = new Address("bob@lab.example");
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Party WITH_ALICE = Party.person(BOB, ALICE);
    private static final String SECRET = "meet me at the old mill";

    /// Of `KeyFile`: where the secret stands, of which each key's wrapping key is made.
    private static final int SECRET_AT = 17;

    private static final int SECRET_OCTETS = 32;

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final SecureRandom random = new SecureRandom();
    private final SigningKey key = TestKeys.envelope("bob");
    private Client client;
    private StoreLocation location;

    @BeforeEach
    void enrol() throws Exception {
        client = new Client(directory, pki.clock());
        client.keyStore("bob.p12", pki.client(BOB.value()), pki.root().certificate());
        client.keyStore("alice.p12", pki.client(ALICE.value()), pki.root().certificate());
        location = new StoreLocation(client.path("bob.p12"));
    }

    private void remember() throws Exception {
        try (MessageStore store = MessageStore.open(location, Passphrase.none(), random)) {
            remember(store);
        }
    }

    private void remember(MessageStore store) throws Exception {
        DeviceKeys.open(KeyDirectory.open(location.envelopeKeys()), store, random)
                .keep(1, key, pki.now());
        store.conversations()
                .put(Conversation.begun(WITH_ALICE, ChainId.random(random)).wrote(Digest.over(new byte[] {1})));
        Line line = new Line(
                WITH_ALICE,
                BOB,
                Optional.empty(),
                true,
                Optional.of(new Body.Text(SECRET)),
                pki.now(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
        store.history().add(new Origin.Draft(new UUID(1, 2)), line);
    }

    private Client.Run run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 3);
        all[arguments.length] = "--keystore";
        all[arguments.length + 1] = "@bob.p12";
        all[arguments.length + 2] = "--no-passphrase";
        return client.run(all);
    }

    private Client.Run backup() {
        return run("backup", "@bob.backup");
    }

    private void loseEverything() throws Exception {
        try (Stream<Path> files = Files.walk(location.directory())) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void isPrivateWholeAndOverNothingWhileAnotherProcessHasTheStore() throws Exception {
        try (MessageStore store = MessageStore.open(location, Passphrase.none(), random)) {
            remember(store);
            Client.Run run = backup();
            assertThat(run.code()).as(run.toString()).isZero();
            assertThat(run.out()).contains("octets", "client restore");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(client.path("bob.backup"))))
                .isEqualTo("rw-------");
        byte[] first = Files.readAllBytes(client.path("bob.backup"));
        assertThat(backup().code()).isNotZero();
        assertThat(client.path("bob.backup")).hasBinaryContent(first);
        assertThat(run("backup", "@bob.backup", "--force").code()).isZero();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("nothing half or temporary")
                    .containsExactlyInAnyOrder("bob.p12", "alice.p12", "bob.chancery", "bob.backup");
        }
    }

    /// The same search finds all three where they are.
    @Test
    void holdsNoEnvelopeKeyNorWhatWrapsItNorWords() throws Exception {
        remember();
        byte[] keyFile = Files.readAllBytes(location.envelopeKeys().resolve("1.key"));
        byte[] secret = Arrays.copyOfRange(keyFile, SECRET_AT, SECRET_AT + SECRET_OCTETS);
        byte[] sealed = Arrays.copyOfRange(keyFile, SECRET_AT + SECRET_OCTETS, keyFile.length);
        byte[] der = key.exposedPrivateKey().getEncoded();
        assertThat(contains(keyFile, secret)).isTrue();
        assertThat(contains(keyFile, Arrays.copyOf(sealed, 64))).isTrue();

        assertThat(backup().code()).isZero();
        byte[] copy = Files.readAllBytes(client.path("bob.backup"));
        assertThat(contains(copy, secret)).isFalse();
        assertThat(contains(copy, Arrays.copyOf(sealed, 64))).isFalse();
        assertThat(contains(copy, Arrays.copyOfRange(der, der.length / 2, der.length / 2 + 32)))
                .isFalse();
        assertThat(contains(copy, SECRET.getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(contains(copy, BOB.value().getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        byte[] storeKey = Files.readAllBytes(location.directory().resolve("store.key"));
        assertThat(contains(copy, storeKey))
                .as("which opens nothing without the passphrase")
                .isTrue();
    }

    private static boolean contains(byte[] octets, byte[] wanted) {
        return HexFormat.of().formatHex(octets).contains(HexFormat.of().formatHex(wanted));
    }

    @Test
    void comesBackWithWhatWasSaidAndEveryChainOfOnesOwnAtItsEnd() throws Exception {
        remember();
        backup();
        loseEverything();
        Client.Run run = run("restore", "@bob.backup");
        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(run.out()).contains("restored: bob@lab.example");
        try (MessageStore store = MessageStore.open(location, Passphrase.none(), random)) {
            assertThat(store.settings().isRestored()).isTrue();
            assertThat(store.history().newest(WITH_ALICE.conversation(), 0, 10))
                    .extracting(stored -> stored.line().body().orElseThrow())
                    .containsExactly(new Body.Text(SECRET));
            assertThat(store.continuations().pending()).singleElement().satisfies(old -> {
                assertThat(old.counter()).isEqualTo(1);
                assertThat(old.head()).isEqualTo(Digest.over(new byte[] {1}));
            });
            Conversation conversation =
                    store.conversations().find(WITH_ALICE.conversation()).orElseThrow();
            assertThat(conversation.counter()).isZero();
            assertThat(store.continuations().pending().getFirst().chain()).isNotEqualTo(conversation.chain());
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(location.directory().resolve("store.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void goesOverNoStoreUnlessTold() throws Exception {
        remember();
        backup();
        Client.Run refused = run("restore", "@bob.backup");
        assertThat(refused.code()).as(refused.toString()).isEqualTo(4);
        assertThat(refused.err()).contains("remembers something already", "--force");
        try (MessageStore store = MessageStore.open(location, Passphrase.none(), random)) {
            assertThat(store.settings().isRestored()).isFalse();
            Client.Run inUse = run("restore", "@bob.backup", "--force");
            assertThat(inUse.code()).as(inUse.toString()).isEqualTo(4);
            assertThat(inUse.err()).contains("in use");
        }
        assertThat(run("restore", "@bob.backup", "--force").code()).isZero();
        try (MessageStore store = MessageStore.open(location, Passphrase.none(), random)) {
            assertThat(store.settings().isRestored()).isTrue();
        }
    }

    @Test
    void isNobodyElsesAndNoOtherFile() throws Exception {
        remember();
        backup();
        loseEverything();
        Client.Run foreign = client.run("restore", "@bob.backup", "--keystore", "@alice.p12", "--no-passphrase");
        assertThat(foreign.code()).as(foreign.toString()).isEqualTo(4);
        assertThat(foreign.err()).contains("the backup is of bob@lab.example");
        Files.write(client.path("other"), new byte[8192]);
        assertThat(run("restore", "@other").code()).isEqualTo(3);
        byte[] cut = Arrays.copyOf(Files.readAllBytes(client.path("bob.backup")), 8192);
        Files.write(client.path("cut"), cut);
        assertThat(run("restore", "@cut").code()).isEqualTo(3);
        assertThat(run("restore", "@nothing").code()).isEqualTo(3);
        assertThat(location.directory().resolve("store.db")).doesNotExist();
        assertThat(location.directory().resolve("store.key")).doesNotExist();
    }

    @Test
    void saysWhereThereIsNothingToCopy() {
        Client.Run run = backup();
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("remembers nothing yet");
        assertThat(client.path("bob.backup")).doesNotExist();
    }

    @Test
    void printsWhatThePageSays() throws Exception {
        remember();
        String page = Files.readString(Path.of("..", "docs", "json.md"));
        String backup = run("backup", "@bob.backup", "--json").out();
        assertThat(page).contains(shown(backup.replaceAll("\"octets\":\\d+", "\"octets\":180224")));
        loseEverything();
        assertThat(page).contains(shown(run("restore", "@bob.backup", "--json").out()));
    }

    private String shown(String output) {
        List<String> lines = output.lines().toList();
        assertThat(lines).hasSize(1);
        return lines.getFirst()
                .replace(directory.toString(), "$DIR")
                .replace(pki.now().toString(), "2026-11-27T10:00:00Z");
    }
}
