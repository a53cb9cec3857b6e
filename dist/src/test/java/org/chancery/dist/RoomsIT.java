package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rooms by commands that come and go: whoever is asked in learns of it, and what the room is called, at the next one.
class RoomsIT {
    @TempDir
    private Path directory;

    private Lab lab;
    private Lab.RunningRelay relay;

    @BeforeEach
    void open() throws Exception {
        lab = Lab.in(directory);
        relay = lab.startRelay();
        try (Program bob = lab.start("client", "listen", "--keystore", "bob.p12", "--server", relay.address());
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
    void peopleMeetInARoomByItsNameAndNobodyElseDoes() throws Exception {
        must("alice", "rooms", "create", "Incident 42");
        must("alice", "rooms", "invite", "Incident 42", Lab.address("bob"));
        must("bob", "rooms", "join", "Incident 42");
        must("bob", "send", "--room", "Incident 42", "on my way");
        assertThat(must("alice", "send", "--room", "Incident 42", "good").output())
                .anyMatch(line -> line.contains("sent to Incident 42"));
        must("bob", "send", "--room", "Incident 42", "there");
        Outcome said = run("alice", "history", "--room", "Incident 42");
        assertThat(said.output())
                .anyMatch(line -> line.endsWith("  on my way"))
                .anyMatch(line -> line.endsWith("  good"));

        must("alice", "rooms", "remove", "Incident 42", Lab.address("bob"));
        Outcome late = run("bob", "send", "--room", "Incident 42", "let me in");
        assertThat(late.code()).as(late.toString()).isEqualTo(1);
        Outcome stranger = run("carol", "send", "--room", "Incident 42", "hello?");
        assertThat(stranger.code()).as(stranger.toString()).isEqualTo(1);
        assertThat(stranger.error()).contains("no room is called");
    }

    private Outcome must(String who, String... command) throws Exception {
        return lab.must("client", arguments(who, command));
    }

    private Outcome run(String who, String... command) throws Exception {
        return lab.run("client", arguments(who, command));
    }

    private String[] arguments(String who, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--keystore", who + ".p12", "--server", relay.address()));
        return all.toArray(String[]::new);
    }
}
