package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The relay's disk is gone, and an older copy of its log takes its place while its clients, who saw more, stay.
final class RestoredRelayIT {
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
    void clientsThatSawMoreGoOnWithoutAWrongOrDoubledMessage() throws Exception {
        Program bob = lab.start(
                "client", "listen", "--json", "--no-read-notes", "--keystore", "bob.p12", "--server", relay.address());
        relay.program().awaitLine(Lab.address("bob"));
        Program alice = lab.start(
                "client", "chat", "--keystore", "alice.p12", "--server", relay.address(), "--to", Lab.address("bob"));
        relay.program().awaitLine(Lab.address("alice"));
        say(alice, bob, "in the copy, one");
        say(alice, bob, "in the copy, two");
        lab.must("server", "backup", "relay.backup", "--data", "relay");
        say(alice, bob, "after the copy, one");
        say(alice, bob, "after the copy, two");

        relay.program().kill();
        Files.move(lab.path("relay"), lab.path("gone"));
        lab.must("server", "restore", "relay.backup", "--data", "relay");
        alice.type("while it was away");
        relay = lab.startRelay(relay.port());
        bob.awaitLine("while it was away");
        say(alice, bob, "afterwards");

        assertThat(Heard.textsBy(bob))
                .containsExactly(
                        "in the copy, one",
                        "in the copy, two",
                        "after the copy, one",
                        "after the copy, two",
                        "while it was away",
                        "afterwards");
        assertThat(bob.outputLines()).as("nothing is suspected").noneMatch(line -> line.contains("\"failure\""));
        alice.terminate();
        alice.awaitExit();
        // Who comes anew gets what the copy holds, once.
        bob.terminate();
        bob.awaitExit();
        lab.must(
                "client",
                "send",
                "--keystore",
                "alice.p12",
                "--server",
                relay.address(),
                "--to",
                Lab.address("bob"),
                "last");
        Program again = lab.start(
                "client", "listen", "--json", "--no-read-notes", "--keystore", "bob.p12", "--server", relay.address());
        again.awaitLine("last");
        assertThat(Heard.textsBy(again)).containsExactly("last");
    }

    private static void say(Program from, Program to, String text) throws Exception {
        from.type(text);
        to.awaitLine(text);
    }
}
