package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands beside a messenger that runs with the same keystore: it does their work, without a passphrase.
class BesideIT {
    @TempDir
    private Path directory;

    private Lab lab;
    private Lab.RunningRelay relay;
    private Program bob;

    @BeforeEach
    void open() throws Exception {
        lab = Lab.in(directory);
        relay = lab.startRelay();
        bob = lab.start("client", "listen", "--keystore", "bob.p12", "--server", relay.address());
        try (Program alice = lab.start("client", "listen", "--keystore", "alice.p12", "--server", relay.address());
                RelayDatabase database = RelayDatabase.open(lab.path("relay/relay.db"))) {
            database.awaitReceiver(Lab.address("bob"));
            database.awaitReceiver(Lab.address("alice"));
            alice.terminate();
            alice.awaitExit();
        }
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void everyShortCommandWorks() throws Exception {
        String alice = Lab.address("alice");
        assertThat(beside("send", "--to", alice, "beside").output())
                .singleElement()
                .asString()
                .startsWith("sent to " + alice);
        assertThat(beside("history", "--with", alice).output()).anyMatch(line -> line.endsWith("  beside"));
        assertThat(beside("contacts").toString()).contains(alice);
        assertThat(beside("directory", "alice").toString()).contains("device chain verified");
        assertThat(beside("devices", "list").toString()).contains("(this one)");
        assertThat(beside("rooms", "create", "Incident 42").toString()).contains("Incident 42");
        beside("rooms", "invite", "Incident 42", alice);
        assertThat(beside("rooms", "list").toString()).contains("Incident 42");
        assertThat(beside("verify", alice).toString()).contains("safety number:");
        assertThat(beside("block", alice).toString()).contains("is not heard any more");
        assertThat(beside("unblock", alice).toString()).contains("is heard again");
        assertThat(bob.isAlive()).isTrue();
    }

    /// Paths are meant from where the command was typed, not from where the messenger was started.
    @Test
    void relativePathsLeadFromTheCommand() throws Exception {
        Path elsewhere = Files.createDirectory(lab.path("elsewhere"));
        Files.writeString(elsewhere.resolve("note.txt"), "what was promised\n");
        try (Program send = in(elsewhere, "send", "--to", Lab.address("alice"), "--file", "note.txt")) {
            assertThat(send.awaitExit()).as(send.errorLines().toString()).isZero();
        }
        try (Program keys = in(elsewhere, "keys", "--out", "bob.pem")) {
            assertThat(keys.awaitExit()).as(keys.errorLines().toString()).isZero();
        }
        assertThat(elsewhere.resolve("bob.pem")).content().startsWith("-----BEGIN PRIVATE KEY-----");
    }

    /// What a person types reaches the command, and so does the end of it.
    @Test
    void inputComesFromTheCommand() throws Exception {
        try (Program send = in(lab.path(""), "send", "--to", Lab.address("alice"), "-")) {
            send.type("up 3 days,");
            send.type("load 0.2");
            send.endInput();
            assertThat(send.awaitExit()).as(send.errorLines().toString()).isZero();
        }
        assertThat(beside("history", "--with", Lab.address("alice")).toString()).contains("up 3 days,", "load 0.2");
    }

    @Test
    void failuresAreTheCommandsOwn() throws Exception {
        Outcome stranger = run("send", "--room", "Nowhere", "hello?");
        assertThat(stranger.code()).as(stranger.toString()).isEqualTo(1);
        assertThat(stranger.error()).contains("no room is called");
        assertThat(run("history").code()).isEqualTo(2);
        assertThat(run("chat").code()).as("one at a time").isEqualTo(4);
        assertThat(bob.isAlive()).isTrue();
    }

    private Outcome beside(String... command) throws Exception {
        Outcome outcome = run(command);
        assertThat(outcome.code()).as(outcome.toString()).isZero();
        return outcome;
    }

    private Outcome run(String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--keystore", "bob.p12"));
        return lab.run("client", all.toArray(String[]::new));
    }

    /// Started from that directory, and told no passphrase.
    private Program in(Path place, String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--keystore", lab.path("bob.p12").toString()));
        return lab.startIn(place, Map.of(), "client", all.toArray(String[]::new));
    }
}
