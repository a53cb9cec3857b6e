package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The relay dies by SIGKILL and comes back on the same data and port. Nothing is lost, and nothing is doubled.
final class KilledRelayIT {
    private static final int KILLS = 3;
    private static final int MESSAGES_A_LIFE = 40;

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
    void messageThatWasCommittedButNotAnsweredArrivesOnce() throws Exception {
        Program bob = listen();
        try (HoldingProxy wire = HoldingProxy.before(relay.port());
                RelayDatabase database = RelayDatabase.open(lab.path("relay/relay.db"))) {
            Program alice = chat(wire.port());
            alice.type("answered");
            bob.awaitLine("answered");

            wire.holdAnswers();
            alice.type("committed, and the answer is lost");
            database.awaitLetters(2);
            relay.program().kill();
            relay = lab.startRelay(relay.port());
            wire.release();

            alice.type("after the restart");
            bob.awaitLine("after the restart");
            assertThat(database.letters()).isEqualTo(3);
        }
        assertThat(Heard.textsBy(bob))
                .containsExactly("answered", "committed, and the answer is lost", "after the restart");
    }

    @Test
    void nothingIsLostOrDoubledOverSeveralKillsUnderLoad() throws Exception {
        Program bob = listen();
        Program alice = chat(relay.port());
        List<String> texts = IntStream.rangeClosed(1, (KILLS + 1) * MESSAGES_A_LIFE)
                .mapToObj("message %03d"::formatted)
                .toList();
        for (int life = 0; life <= KILLS; life++) {
            for (String text : texts.subList(life * MESSAGES_A_LIFE, (life + 1) * MESSAGES_A_LIFE)) {
                alice.type(text);
            }
            if (life < KILLS) {
                // Somewhere in the middle of what was just typed.
                try (RelayDatabase database = RelayDatabase.open(lab.path("relay/relay.db"))) {
                    database.awaitLetters((long) life * MESSAGES_A_LIFE + MESSAGES_A_LIFE / 4);
                }
                relay.program().kill();
                relay = lab.startRelay(relay.port());
            }
        }
        bob.awaitLine(texts.getLast());
        assertThat(Heard.textsBy(bob)).containsExactlyElementsOf(texts);
        assertThat(Heard.by(bob)).extracting(Heard::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(Heard.by(bob))
                .extracting(Heard::conversation)
                .containsOnly(Heard.by(bob).getFirst().conversation());
    }

    private Program listen() throws IOException, InterruptedException {
        Program bob = lab.start(
                "client", "listen", "--json", "--no-read-notes", "--keystore", "bob.p12", "--server", relay.address());
        relay.program().awaitLine(Lab.address("bob"));
        return bob;
    }

    private Program chat(int port) throws IOException, InterruptedException {
        Program alice = lab.start(
                "client",
                "chat",
                "--keystore",
                "alice.p12",
                "--server",
                "127.0.0.1:" + port,
                "--to",
                Lab.address("bob"));
        relay.program().awaitLine(Lab.address("alice"));
        return alice;
    }
}
