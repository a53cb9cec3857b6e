package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three people, a relay and an authority, all as processes.
final class ConversationIT {
    private static final int NO = 1;
    private static final int UNREACHABLE = 5;

    @TempDir
    Path directory;

    private Lab lab;
    private Lab.RunningRelay relay;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        lab = Lab.in(directory);
        relay = lab.startRelay();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void whatIsSentToTheAbsentArrivesOnceAndInOrderWhenTheyReturn() throws Exception {
        Program bob = listen("bob");
        Program carol = listen("carol");
        send("alice", "bob", "good morning bob");
        send("alice", "carol", "good morning carol");
        bob.awaitLine("good morning bob");
        carol.awaitLine("good morning carol");

        leave(bob, "bob");
        send("alice", "bob", "one");
        send("alice", "bob", "two");
        send("alice", "bob", "three");
        bob = listen("bob");
        bob.awaitLine("three");
        assertThat(Heard.textsBy(bob)).containsExactly("one", "two", "three");
        assertThat(Heard.by(bob)).isSortedAccordingTo((a, b) -> Long.compare(a.sequence(), b.sequence()));
        assertThat(Heard.textsBy(carol)).containsExactly("good morning carol");

        leave(bob, "bob");
        send("bob", "alice", "I was here");
        Program alice = listen("alice");
        alice.awaitLine("I was here");
        assertThat(Heard.by(alice)).extracting(Heard::from).containsExactly(Lab.address("bob"));
    }

    @Test
    void revokedDeviceIsCutOffRefusedAndNoLongerSealedTo() throws Exception {
        Program carol = listen("carol");
        send("alice", "carol", "before");
        carol.awaitLine("before");
        try (RelayDatabase database = RelayDatabase.open(lab.path("relay/relay.db"))) {
            long wrapsBefore = database.wrapsFor(Lab.address("carol"));
            assertThat(wrapsBefore).isPositive();

            lab.must("ca", "revoke", "carol.pem", "--reason", "keyCompromise");
            long published = System.nanoTime();
            lab.publishCrls();
            carol.awaitError("revoked");
            assertThat(Duration.ofNanos(System.nanoTime() - published)).isLessThan(Duration.ofSeconds(1));

            carol.terminate();
            carol.awaitExit();
            Outcome back = sending("carol", "bob", "let me in");
            assertThat(back.code()).as(back.toString()).isEqualTo(UNREACHABLE);
            assertThat(back.error()).contains("revoked");

            Outcome toCarol = sending("alice", "carol", "after");
            assertThat(toCarol.code()).as(toCarol.toString()).isEqualTo(NO);
            assertThat(toCarol.error()).contains("revoked");
            assertThat(database.wrapsFor(Lab.address("carol"))).isEqualTo(wrapsBefore);
        }
        Program bob = listen("bob");
        send("alice", "bob", "the others go on");
        bob.awaitLine("the others go on");
    }

    @Test
    void relayDrainsOnSigterm() throws Exception {
        Program bob = listen("bob");
        send("alice", "bob", "kept");
        relay.program().terminate();
        assertThat(relay.program().awaitExit()).isZero();
        assertThat(bob.isAlive()).isTrue();
    }

    @Test
    void secondProcessOnOneStoreIsToldWhoHasIt() throws Exception {
        Program bob = listen("bob");
        Outcome second = lab.run("client", "listen", "--keystore", "bob.p12", "--server", relay.address());
        assertThat(second.code()).as(second.toString()).isEqualTo(4);
        assertThat(second.error()).contains("in use by process " + bob.pid());
    }

    private Program listen(String person) throws IOException, InterruptedException {
        int before = connections(person);
        Program listener = lab.start(
                "client",
                "listen",
                "--json",
                "--no-read-notes",
                "--keystore",
                person + ".p12",
                "--server",
                relay.address());
        relay.program()
                .awaitLine(
                        line -> line.contains(Lab.address(person)) && connections(person) > before,
                        person + " connecting",
                        Program.PATIENCE);
        return listener;
    }

    private int connections(String person) {
        return (int) relay.program().outputLines().stream()
                .filter(line -> line.contains(Lab.address(person)))
                .count();
    }

    private void leave(Program listener, String person) throws InterruptedException {
        int before = connections(person);
        listener.terminate();
        listener.awaitExit();
        relay.program()
                .awaitLine(
                        line -> line.contains(Lab.address(person)) && connections(person) > before,
                        person + " leaving",
                        Program.PATIENCE);
    }

    private void send(String from, String to, String text) throws IOException, InterruptedException {
        Outcome outcome = sending(from, to, text);
        assertThat(outcome.code()).as(outcome.toString()).isZero();
    }

    private Outcome sending(String from, String to, String text) throws IOException, InterruptedException {
        return lab.run(
                "client",
                "send",
                "--keystore",
                from + ".p12",
                "--server",
                relay.address(),
                "--to",
                Lab.address(to),
                text);
    }
}
