package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The relay does not know what it carries: not in its memory, its log or its database. Where the same search does find
/// it is in the memory of those who talk.
final class SilenceIT {
    private static final String SECRET = "the crown is in the cellar behind the third barrel";

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
    void relayHoldsNeitherTextNorKeys() throws Exception {
        Program bob = lab.start("client", "listen", "--json", "--keystore", "bob.p12", "--server", relay.address());
        relay.program().awaitLine(Lab.address("bob"));
        Program alice = lab.start(
                "client", "chat", "--keystore", "alice.p12", "--server", relay.address(), "--to", Lab.address("bob"));
        relay.program().awaitLine(Lab.address("alice"));
        alice.type(SECRET);
        bob.awaitLine(SECRET);

        SecretSearch search = new SecretSearch().text(SECRET);
        for (String person : List.of("alice", "bob")) {
            search.key(person, lab.keystore(person).key().exposedPrivateKey());
        }
        List<String> found = new ArrayList<>(search.in(heapOf(relay.program(), "relay")));
        found.addAll(search.in(printedBy(relay.program())));
        try (Stream<Path> files = Files.walk(lab.path("relay"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.addAll(search.in(file));
            }
        }
        assertThat(found).isEmpty();

        assertThat(search.in(heapOf(bob, "bob")))
                .anyMatch(form -> form.startsWith("text"))
                .anyMatch(form -> form.endsWith("of bob in bob.hprof"))
                .noneMatch(form -> form.contains("of alice"));
    }

    /// Every object on the heap, the dead ones too.
    private Path heapOf(Program program, String name) throws IOException, InterruptedException {
        Path dump = lab.path(name + ".hprof");
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        lab.must(jcmd.toString(), Long.toString(program.pid()), "GC.heap_dump", "-all", dump.toString());
        assertThat(dump).isNotEmptyFile();
        return dump;
    }

    private Path printedBy(Program program) throws IOException {
        List<String> lines = new ArrayList<>(program.outputLines());
        lines.addAll(program.errorLines());
        return Files.write(lab.path("relay.printed"), lines);
    }
}
