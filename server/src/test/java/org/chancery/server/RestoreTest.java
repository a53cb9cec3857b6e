package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.Frame;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A log that is older than what its clients have seen.
@Timeout(60)
class RestoreTest {

    private static final Address BOB = new Address("bob@lab.example");

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final Identity bob = pki.client(BOB.value());

    @TempDir
    private Path directory;

    @Test
    void servesWhatTheCopyHoldsUnderAnotherIncarnation() throws Exception {
        Path copy = directory.resolve("copy");
        Path back = directory.resolve("back");
        String before;
        TestClient.Line line;
        Frame.Published held;
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            before = relay.relay().incarnation();
            relay.greeted(bob).close();
            TestClient writer = relay.greeted(alice);
            line = writer.line(BOB, bob);
            line.send("held");
            held = writer.expect(Frame.Published.class);
            relay.relay().copyLog(copy);
            line.send("lost");
            writer.expect(Frame.Published.class);
        }
        LogCopies.putBack(copy, back.resolve("data"));
        try (TestRelay relay = TestRelay.start(pki, back)) {
            assertThat(relay.relay().incarnation()).isNotEqualTo(before).hasSize(32);
            TestClient reader = relay.greeted(bob);
            Frame.Deliver delivery = reader.expect(Frame.Deliver.class);
            assertThat(delivery.transcript()).isEqualTo(held.transcript());
            reader.expect(Frame.CaughtUp.class);
            assertThat(reader.unasked()).noneMatch(Frame.Deliver.class::isInstance);
        }
        String drawn;
        try (TestRelay relay = TestRelay.start(pki, back)) {
            drawn = relay.relay().incarnation();
        }
        try (TestRelay relay = TestRelay.start(pki, back)) {
            assertThat(relay.relay().incarnation()).as("drawn once").isEqualTo(drawn);
        }
    }

    /// The log that was moved away without its -wal was served last by a relay that was killed: what is in there was
    /// acknowledged. A relay that begins a log, or takes up a copy, beside it would lose it or mix the two.
    @Test
    void touchesNothingThatAKilledRelayHasLeft() throws Exception {
        Path copy = directory.resolve("copy");
        Path killed = directory.resolve("killed");
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            relay.greeted(bob).close();
            relay.relay().copyLog(copy);
            TestClient writer = relay.greeted(alice);
            writer.line(BOB, bob).send("in the write-ahead log");
            writer.expect(Frame.Published.class);
            copyAll(relay.data(), killed.resolve("data")); // as they lie there if it dies now
        }
        Path log = killed.resolve("data/relay.db");
        Path changes = killed.resolve("data/relay.db-wal");
        byte[] written = Files.readAllBytes(changes);
        Path moved = Files.move(log, directory.resolve("moved"));

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> LogCopies.putBack(copy, killed.resolve("data")))
                .withMessage(changes.toString());
        assertThatIOException()
                .isThrownBy(() -> TestRelay.start(pki, killed))
                .withMessageContaining("relay.db-wal is there without relay.db");
        Files.copy(copy, log);
        assertThatIOException()
                .isThrownBy(() -> TestRelay.start(pki, killed))
                .withMessageContaining("relay.db-wal beside it is of another log");
        assertThat(changes).as("as it was").hasBinaryContent(written);

        Files.move(moved, log, StandardCopyOption.REPLACE_EXISTING);
        try (TestRelay relay = TestRelay.start(pki, killed)) {
            assertThat(relay.greeted(bob).expect(Frame.Deliver.class).sequence())
                    .as("together they are the log")
                    .isEqualTo(1);
        }
    }

    private static void copyAll(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        for (String name : new String[] {"relay.db", "relay.db-wal"}) {
            Files.copy(from.resolve(name), to.resolve(name));
        }
    }

    /// Whoever copies the file by hand gets another incarnation all the same.
    @Test
    void drawsAnotherIncarnationForACopyPutThereByHand() throws Exception {
        Path copy = directory.resolve("copy");
        String before;
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            before = relay.relay().incarnation();
            relay.relay().copyLog(copy);
        }
        Path back = directory.resolve("back");
        Files.createDirectories(back.resolve("data"));
        Files.copy(copy, back.resolve("data/relay.db"));
        try (TestRelay relay = TestRelay.start(pki, back)) {
            assertThat(relay.relay().incarnation()).isNotEqualTo(before).hasSize(32);
        }
    }
}
