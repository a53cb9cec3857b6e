package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chancery.client.connection.RelayAddress;
import org.chancery.client.store.BackupOrigin;
import org.chancery.client.store.BackupOwner;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreBackup;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A device loses its store and goes on with an older copy: what both sides see of it.
@Timeout(60)
class EngineRestoredStoreTest {
    private static final String ALICE = "alice@lab.example";
    private static final String BOB = "bob@lab.example";
    private static final ConversationId CONVERSATION = ConversationId.direct(new Address(ALICE), new Address(BOB));

    @TempDir
    private Path directory;

    private final SecureRandom random = new SecureRandom();
    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE);
    private final Identity bob = pki.client(BOB);
    private TestRelay relay;

    @BeforeEach
    void startRelay() throws IOException {
        relay = new TestRelay(pki);
    }

    @AfterEach
    void stopRelay() throws IOException {
        relay.close();
    }

    private TestClient start(Identity identity) throws Exception {
        return TestClient.start(pki, identity, relay.address(), directory);
    }

    private Path backup(Identity identity) throws Exception {
        Path file = directory.resolve("store.backup");
        BackupOrigin origin = new BackupOrigin(identity.address(), identity.deviceId(), pki.now());
        StoreBackup.make(location(identity), Passphrase.none(), random, origin, file, true);
        return file;
    }

    private StoreLocation location(Identity identity) {
        return TestClient.location(identity, directory);
    }

    /// The disk is gone, and with it store and envelope keys.
    private void loseStore(Identity identity) throws IOException {
        try (Stream<Path> files = Files.walk(location(identity).directory())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void putBack(Identity identity, Path backup) throws Exception {
        BackupOwner owner = new BackupOwner(identity.address(), identity.deviceId());
        StoreBackup.putBack(backup, location(identity), Passphrase.none(), random, owner, false);
    }

    private static void exchange(TestClient from, TestClient to, String address, String text) throws Exception {
        from.say(address, text);
        from.awaitMessage(text, MessageState.PUBLISHED);
        to.awaitMessage(text, MessageState.RECEIVED);
    }

    private static List<String> failures(TestClient client, String with) {
        return client.history(with).stream()
                .flatMap(message -> message.failure().stream())
                .toList();
    }

    @Test
    void goesOnBehindTheBackupAndGetsBackWhatBothSaidSince() throws Exception {
        try (TestClient b = start(bob).online()) {
            Path backup;
            try (TestClient a = start(alice).online()) {
                exchange(a, b, BOB, "a1");
                exchange(b, a, ALICE, "b1");
                backup = backup(alice); // beside the messenger
                exchange(a, b, BOB, "a2");
                exchange(b, a, ALICE, "b2");
                exchange(a, b, BOB, "a3");
                exchange(b, a, ALICE, "b3");
            }
            loseStore(alice);
            putBack(alice, backup);
            try (TestClient a = start(alice).online()) {
                a.awaitAll(BOB, "a1", "a2", "a3", "b1", "b2", "b3");
                exchange(a, b, BOB, "a4");
                exchange(b, a, ALICE, "b4");
                assertThat(a.texts(BOB)).containsOnlyOnce("a2", "a3", "b2", "b3", "a4", "b4");
                assertThat(failures(a, BOB)).as("nothing stays open").isEmpty();
                assertThat(a.history(BOB).stream()
                                .filter(message -> message.text().equals("a2"))
                                .map(Message::mine))
                        .containsExactly(true);
            }
            assertThat(failures(b, ALICE)).as("nobody is accused").isEmpty();
            assertThat(b.texts(ALICE)).containsExactly("a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4");
        }
        assertThatTheNewChainNamesTheOld();
    }

    /// What alice's first letter says is signed, so it is looked at where it was opened.
    private void assertThatTheNewChainNamesTheOld() {
        List<String> chains = relay.letters(CONVERSATION).stream()
                .filter(stored -> stored.from().equals(new Address(ALICE)))
                .map(stored -> stored.letter().header().chain().hex())
                .distinct()
                .toList();
        assertThat(chains).hasSize(2);
    }

    @Test
    void namesWhatTheLostKeysWouldOpenAndGetsItWhenItsAuthorIsBack() throws Exception {
        Path backup;
        try (TestClient a = start(alice).online();
                TestClient b = start(bob).online()) {
            exchange(a, b, BOB, "a1");
            backup = backup(alice);
            exchange(b, a, ALICE, "b1");
        }
        loseStore(alice);
        putBack(alice, backup);
        try (TestClient a = start(alice).online()) {
            Message failed = a.awaitFailure();
            assertThat(failed.failure().orElseThrow()).contains("KEY_DESTROYED", "no backup has them");
            try (TestClient b = start(bob).online()) {
                Message shown = a.awaitMessage("b1", MessageState.RECEIVED);
                assertThat(shown.id()).as("in its place").isEqualTo(failed.id());
                exchange(b, a, ALICE, "b2");
                assertThat(failures(a, BOB)).isEmpty();
                assertThat(failures(b, ALICE)).isEmpty();
            }
        }
    }

    @Test
    void sendsNothingTwiceThatWaitedWhenTheBackupWasMade() throws Exception {
        Path backup;
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            exchange(a, b, BOB, "a1");
        }
        try (TestClient a = TestClient.start(pki, alice, new RelayAddress("127.0.0.1", 1), directory)) {
            a.say(BOB, "waits");
            a.awaitMessage("waits", MessageState.QUEUED);
            backup = backup(alice);
        }
        try (TestClient a = start(alice).online()) {
            a.awaitMessage("waits", MessageState.PUBLISHED);
        }
        loseStore(alice);
        putBack(alice, backup);
        try (TestClient a = start(alice).online();
                TestClient b = start(bob).online()) {
            exchange(a, b, BOB, "a3");
            assertThat(failures(a, BOB)).anyMatch(failure -> failure.contains("whether it was sent"));
            assertThat(b.texts(ALICE)).containsExactly("a1", "waits", "a3");
        }
    }

    @Test
    void readsARoomsRecordAnewAndGoesOnInIt() throws Exception {
        try (TestClient b = start(bob).online()) {
            Path backup;
            ConversationId room;
            try (TestClient a = start(alice).online()) {
                room = a.createRoom("Incident 42");
                a.change(room, new Act.Invite(new Address(BOB), Role.MEMBER));
                b.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
                b.change(room, new Act.Accept());
                a.awaitRoom(room, view -> view.members().size() == 2);
                a.say(room, "a1");
                b.awaitMessage("a1", MessageState.RECEIVED);
                backup = backup(alice);
                a.say(room, "a2");
                b.awaitMessage("a2", MessageState.RECEIVED);
                b.say(room, "b2");
                a.awaitMessage("b2", MessageState.RECEIVED);
                b.change(room, new Act.Leave());
                a.awaitRoom(room, view -> view.members().size() == 1);
            }
            loseStore(alice);
            putBack(alice, backup);
            try (TestClient a = start(alice).online()) {
                a.awaitRoom(room, view -> view.members().size() == 1);
                a.change(room, new Act.Invite(new Address(BOB), Role.MEMBER));
                b.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
                b.change(room, new Act.Accept());
                a.awaitRoom(room, view -> view.members().size() == 2);
                a.say(room, "a3");
                b.awaitMessage("a3", MessageState.RECEIVED);
                b.say(room, "b3");
                a.awaitMessage("b3", MessageState.RECEIVED);
            }
            assertThat(b.engine.messages(Party.room(room), 100))
                    .allMatch(message -> message.failure().isEmpty());
        }
    }

    /// Copied by hand, with the keys: nothing says so but the relay, to the first letter.
    @Test
    void anOlderStoreThatNobodySaidIsOneIsFoundOut() throws Exception {
        try (TestClient b = start(bob).online()) {
            Path copy = directory.resolve("copy");
            try (TestClient a = start(alice).online()) {
                exchange(a, b, BOB, "a1");
            }
            copy(location(alice).directory(), copy);
            try (TestClient a = start(alice).online()) {
                exchange(a, b, BOB, "a2");
            }
            loseStore(alice);
            copy(copy, location(alice).directory());
            try (TestClient a = start(alice).online()) {
                a.say(BOB, "a3");
                assertThat(a.awaitFailure().failure().orElseThrow()).contains("not known");
                a.awaitAll(BOB, "a1", "a2");
                exchange(a, b, BOB, "a4");
            }
            assertThat(failures(b, ALICE)).isEmpty();
            assertThat(b.texts(ALICE)).containsExactly("a1", "a2", "a4");
        }
    }

    /// A device that says it remembers more than came: the relay has kept the end of its old chain back.
    @Test
    void whatTheRelayKeptBackOfTheOldChainIsMissedByItsName() throws Exception {
        try (TestClient b = start(bob).online()) {
            Path backup;
            try (TestClient a = start(alice).online()) {
                exchange(a, b, BOB, "a1");
                relay.locked(() -> relay.distortion =
                        deliver -> deliver.sequence() == 2 ? Optional.empty() : Optional.of(deliver));
                a.say(BOB, "a2");
                a.awaitMessage("a2", MessageState.PUBLISHED);
                backup = backup(alice);
            }
            loseStore(alice);
            putBack(alice, backup);
            try (TestClient a = start(alice).online()) {
                a.say(BOB, "a3");
                Message note = b.awaitFailure();
                assertThat(note.failure().orElseThrow()).startsWith("a message of alice@lab.example is missing");
                b.awaitMessage("a3", MessageState.RECEIVED);
                b.engine.submit(new Command.AskAgain(note.id()));
                b.awaitMessage("a2", MessageState.RECEIVED);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(it -> !it.getFileName().toString().equals("control.sock"))
                    .toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(target)) {
                    Files.copy(file, target);
                }
            }
        }
    }
}
