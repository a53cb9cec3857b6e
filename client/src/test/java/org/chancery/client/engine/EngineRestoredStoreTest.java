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
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.connection.RelayAddress;
import org.chancery.client.store.BackupOrigin;
import org.chancery.client.store.BackupOwner;
import org.chancery.client.store.StoreBackup;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.junit.jupiter.api.Test;

/// A device loses its store and goes on with an older copy: what both sides see of it.
final class EngineRestoredStoreTest extends Lab {
    private final SecureRandom random = new SecureRandom();

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

    @Test
    void goesOnBehindTheBackupAndGetsBackWhatBothSaidSince() throws Exception {
        try (TestClient b = online(bob)) {
            Path backup;
            try (TestClient a = online(alice)) {
                exchange(a, b, "a1");
                exchange(b, a, "b1");
                backup = backup(alice); // beside the messenger
                exchange(a, b, "a2");
                exchange(b, a, "b2");
                exchange(a, b, "a3");
                exchange(b, a, "b3");
            }
            loseStore(alice);
            putBack(alice, backup);
            try (TestClient a = online(alice)) {
                a.awaitAll(BOB, "a1", "a2", "a3", "b1", "b2", "b3");
                exchange(a, b, "a4");
                exchange(b, a, "b4");
                assertThat(a.texts(BOB)).containsOnlyOnce("a2", "a3", "b2", "b3", "a4", "b4");
                assertThat(a.failures(BOB)).as("nothing stays open").isEmpty();
                assertThat(a.history(BOB).stream()
                                .filter(message -> message.text().equals("a2"))
                                .map(Message::mine))
                        .containsExactly(true);
            }
            assertThat(b.failures(ALICE)).as("nobody is accused").isEmpty();
            assertThat(b.texts(ALICE)).containsExactly("a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4");
        }
        assertThatTheNewChainNamesTheOld();
    }

    /// What alice's first letter says is signed, so it is looked at where it was opened.
    private void assertThatTheNewChainNamesTheOld() {
        List<String> chains = relay.letters(CONVERSATION).stream()
                .filter(stored -> stored.from().equals(ALICE))
                .map(stored -> stored.letter().header().chain().hex())
                .distinct()
                .toList();
        assertThat(chains).hasSize(2);
    }

    @Test
    void namesWhatTheLostKeysWouldOpenAndGetsItWhenItsAuthorIsBack() throws Exception {
        Path backup;
        try (TestClient a = online(alice);
                TestClient b = online(bob)) {
            exchange(a, b, "a1");
            backup = backup(alice);
            exchange(b, a, "b1");
        }
        loseStore(alice);
        putBack(alice, backup);
        try (TestClient a = online(alice)) {
            Message failed = a.awaitFailure();
            assertThat(failure(failed)).contains("KEY_DESTROYED", "no backup has them");
            try (TestClient b = online(bob)) {
                Message shown = a.awaitMessage("b1", MessageState.RECEIVED);
                assertThat(shown.id()).as("in its place").isEqualTo(failed.id());
                exchange(b, a, "b2");
                assertThat(a.failures(BOB)).isEmpty();
                assertThat(b.failures(ALICE)).isEmpty();
            }
        }
    }

    @Test
    void sendsNothingTwiceThatWaitedWhenTheBackupWasMade() throws Exception {
        Path backup;
        try (TestClient b = online(bob);
                TestClient a = online(alice)) {
            exchange(a, b, "a1");
        }
        try (TestClient a = start(alice, new RelayAddress("127.0.0.1", 1))) {
            a.say(BOB, "waits");
            a.awaitMessage("waits", MessageState.QUEUED);
            backup = backup(alice);
        }
        try (TestClient a = online(alice)) {
            a.awaitMessage("waits", MessageState.PUBLISHED);
        }
        loseStore(alice);
        putBack(alice, backup);
        try (TestClient a = online(alice);
                TestClient b = online(bob)) {
            exchange(a, b, "a3");
            assertThat(a.failures(BOB)).anyMatch(failure -> failure.contains("whether it was sent"));
            assertThat(b.texts(ALICE)).containsExactly("a1", "waits", "a3");
        }
    }

    /// It was lost with the store: whoever wrote it decides, and nobody misses it meanwhile.
    @Test
    void sendsNothingByItselfThatWaitedAndNeverWent() throws Exception {
        TestClient b = online(bob);
        try (TestClient a = online(alice)) {
            exchange(a, b, "a1");
        }
        Path backup;
        try (TestClient a = start(alice, new RelayAddress("127.0.0.1", 1))) {
            a.say(BOB, "waits");
            a.say(BOB, "and waits");
            a.awaitMessage("and waits", MessageState.QUEUED);
            backup = backup(alice);
        }
        loseStore(alice);
        putBack(alice, backup);
        TestClient a = online(alice);
        exchange(a, b, "a3");
        a.settle();
        assertThat(a.failures(BOB)).hasSize(2).allMatch(failure -> failure.contains("whether it was sent"));
        assertThat(b.texts(ALICE)).containsExactly("a1", "a3");
        assertThat(relay.letters(CONVERSATION).stream().filter(it -> it.from().equals(ALICE)))
                .as("two messages, and the question what else was said")
                .hasSize(3);
    }

    @Test
    void readsARoomsRecordAnewAndGoesOnInIt() throws Exception {
        TestClient b = online(bob);
        Path backup;
        ConversationId room;
        try (TestClient a = online(alice)) {
            room = a.createRoom("Incident 42");
            join(room, a, b);
            exchange(room, a, b, "a1");
            backup = backup(alice);
            exchange(room, a, b, "a2");
            exchange(room, b, a, "b2");
            b.change(room, new Act.Leave());
            a.awaitRoom(room, view -> view.members().size() == 1);
        }
        loseStore(alice);
        putBack(alice, backup);
        try (TestClient a = online(alice)) {
            a.awaitRoom(room, view -> view.members().size() == 1);
            join(room, a, b);
            exchange(room, a, b, "a3");
            exchange(room, b, a, "b3");
        }
        assertThat(b.failures(room)).isEmpty();
    }

    /// Nobody has to write again for it.
    @Test
    void comesToKnowWhatBeganSinceTheBackup() throws Exception {
        TestClient b = online(bob);
        Path backup;
        ConversationId room;
        try (TestClient a = online(alice)) {
            backup = backup(alice);
            exchange(b, a, "b1");
            room = b.createRoom("Incident 42");
            join(room, b, a);
            exchange(room, b, a, "b2");
        }
        loseStore(alice);
        putBack(alice, backup);
        try (TestClient a = online(alice)) {
            a.awaitAll(BOB, "b1"); // which of the two conversations comes first, their names say
            a.awaitAll(room, "b2");
            a.awaitRoom(room, view -> view.members().size() == 2);
            a.awaitNoFailure(room);
            a.awaitNoFailure(BOB);
        }
        assertThat(b.failures(ALICE)).as("nobody is accused").isEmpty();
    }

    /// Copied by hand, with the keys: nothing says so but the relay, to the first letter.
    @Test
    void anOlderStoreThatNobodySaidIsOneIsFoundOut() throws Exception {
        TestClient b = online(bob);
        Path copy = directory.resolve("copy");
        try (TestClient a = online(alice)) {
            exchange(a, b, "a1");
        }
        copy(location(alice).directory(), copy);
        try (TestClient a = online(alice)) {
            exchange(a, b, "a2");
        }
        loseStore(alice);
        copy(copy, location(alice).directory());
        try (TestClient a = online(alice)) {
            a.say(BOB, "a3");
            assertThat(a.awaitWhy()).contains("not known");
            a.awaitAll(BOB, "a1", "a2");
            exchange(a, b, "a4");
        }
        assertThat(b.failures(ALICE)).isEmpty();
        assertThat(b.texts(ALICE)).containsExactly("a1", "a2", "a4");
    }

    /// A device that says it remembers more than came: the relay has kept the end of its old chain back.
    @Test
    void whatTheRelayKeptBackOfTheOldChainIsMissedByItsName() throws Exception {
        TestClient b = online(bob);
        Path backup;
        try (TestClient a = online(alice)) {
            exchange(a, b, "a1");
            relay.locked(() ->
                    relay.distortion = deliver -> deliver.sequence() == 2 ? Optional.empty() : Optional.of(deliver));
            a.send(BOB, "a2");
            backup = backup(alice);
        }
        loseStore(alice);
        putBack(alice, backup);
        try (TestClient a = online(alice)) {
            a.say(BOB, "a3");
            Message note = b.awaitFailure();
            assertThat(failure(note)).startsWith("a message of alice@lab.example is missing");
            b.awaitMessage("a3", MessageState.RECEIVED);
            b.submit(new Command.AskAgain(note.id()));
            b.awaitMessage("a2", MessageState.RECEIVED);
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
