package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
