package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person's messenger dies by SIGKILL with a text just written. What it said to be written is sent by the next one,
/// once.
final class KilledClientIT {
    private static final String TEXT = "written, then the plug was pulled";

    @TempDir
    Path directory;

    private Lab lab;
    private Lab.RunningRelay relay;

    @BeforeEach
    void open() throws IOException, InterruptedException, SQLException {
        lab = Lab.in(directory);
        relay = lab.startRelay();
        try (Program bob = listen(); // so that there is somebody to write to
                RelayDatabase database = RelayDatabase.open(lab.path("relay/relay.db"))) {
            database.awaitReceiver(Lab.address("bob"));
            bob.terminate();
            bob.awaitExit();
        }
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void textWrittenWhileTheRelayIsDownIsSentOnceByTheNext() throws Exception {
        relay.program().kill();
        Program alice = chat(relay.port());
        alice.awaitLine("* not connected");
        alice.type(TEXT);
        awaitWritten();
        alice.kill();
        relay = lab.startRelay(relay.port());
        assertThatBothHaveOnce(TEXT);
    }

    @Test
    void textThatTheRelayTookButDidNotAnswerIsThereOnce() throws Exception {
        try (HoldingProxy wire = HoldingProxy.before(relay.port());
                RelayDatabase database = RelayDatabase.open(lab.path("relay/relay.db"))) {
            Program alice = chat(wire.port());
            alice.awaitLine("* connected to");
            // Through the chat, and answered when this returns: the next letter waits for nothing.
            lab.must("client", "send", "--keystore", "alice.p12", "--to", Lab.address("bob"), "before");
            wire.holdAnswers();
            alice.type(TEXT);
            database.awaitLetters(2);
            alice.kill();
        }
        assertThatBothHaveOnce("before", TEXT);
    }

    /// Nothing says that a text has been kept, so this looks, every few milliseconds, at what of the store is on disk.
    private void awaitWritten() throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + Program.PATIENCE.toNanos();
        try (Connection store = DriverManager.getConnection(
                        "jdbc:sqlite:file:" + lab.path("alice.chancery/store.db") + "?mode=ro");
                Statement statement = store.createStatement()) {
            while (true) {
                try (ResultSet waiting = statement.executeQuery("SELECT 1 FROM outbox")) {
                    if (waiting.next()) {
                        return;
                    }
                }
                assertThat(System.nanoTime()).as("the text was not kept").isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    /// After another life of the writer's messenger, and a message to mark the end.
    private void assertThatBothHaveOnce(String... texts) throws Exception {
        List<String> all = Stream.concat(Stream.of(texts), Stream.of("and on")).toList();
        Program bob = listen();
        Program alice = chat(relay.port());
        alice.type("and on");
        alice.endInput();
        assertThat(alice.awaitExit()).isZero();
        bob.awaitLine("and on");
        assertThat(Heard.textsBy(bob)).containsExactlyElementsOf(all);
        List<String> remembered = lab.must("client", "history", "--keystore", "alice.p12", "--with", Lab.address("bob"))
                .output();
        assertThat(remembered).hasSameSizeAs(all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(remembered.get(i)).endsWith("  " + all.get(i));
        }
    }

    private Program listen() throws IOException, InterruptedException {
        Program bob = lab.start(
                "client", "listen", "--json", "--no-read-notes", "--keystore", "bob.p12", "--server", relay.address());
        relay.program().awaitLine(Lab.address("bob"));
        return bob;
    }

    private Program chat(int port) throws IOException {
        return lab.start(
                "client",
                "chat",
                "--keystore",
                "alice.p12",
                "--server",
                "127.0.0.1:" + port,
                "--to",
                Lab.address("bob"));
    }
}
