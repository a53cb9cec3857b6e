package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person's disk is gone, and an older copy of what the messenger remembered takes its place.
final class RestoredClientIT {
    @TempDir
    Path directory;

    private Lab lab;
    private Lab.RunningRelay relay;

    @BeforeEach
    void open() throws Exception {
        lab = Lab.in(directory);
        relay = lab.startRelay();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private Program chat(String person, String with) throws Exception {
        Program program = lab.start(
                "client",
                "chat",
                "--no-read-notes",
                "--keystore",
                person + ".p12",
                "--server",
                relay.address(),
                "--to",
                Lab.address(with));
        relay.program().awaitLine(Lab.address(person));
        return program;
    }

    private static void say(Program from, Program to, String text) throws Exception {
        from.type(text);
        to.awaitLine(text);
    }

    @Test
    void goesOnAndGetsBackWhatWasSaidSince() throws Exception {
        Program bob = chat("bob", "alice");
        Program alice = chat("alice", "bob");
        say(alice, bob, "before one");
        say(bob, alice, "before two");
        lab.must("client", "backup", "alice.backup", "--keystore", "alice.p12");
        assertThat(lab.run("client", "backup", "alice.backup", "--keystore", "alice.p12")
                        .code())
                .as("there is one")
                .isNotZero();
        say(alice, bob, "since one");
        say(bob, alice, "since two");
        alice.kill();
        bob.type("while away");

        Files.move(lab.path("alice.chancery"), lab.path("gone"));
        lab.must("client", "restore", "alice.backup", "--keystore", "alice.p12");
        alice = chat("alice", "bob");
        alice.awaitLine("since one");
        alice.awaitLine("since two");
        alice.awaitLine("while away");
        say(alice, bob, "afterwards one");
        say(bob, alice, "afterwards two");
        alice.terminate();
        alice.awaitExit();
        bob.terminate();
        bob.awaitExit();

        String alices = history("alice", "bob");
        for (String text :
                new String[] {"before one", "before two", "since one", "since two", "while away", "afterwards one"}) {
            assertThat(alices).containsOnlyOnce(text);
        }
        assertThat(alices).as("nothing stays open").doesNotContain("\"failure\"");
        assertThat(history("bob", "alice")).as("nobody is suspected").doesNotContain("\"failure\"");
    }

    private String history(String person, String with) throws Exception {
        return lab.must("client", "history", "--json", "--keystore", person + ".p12", "--with", Lab.address(with))
                .toString();
    }
}
