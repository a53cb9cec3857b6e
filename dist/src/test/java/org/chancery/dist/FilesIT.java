package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files between people, through the programs as they are installed, also where these are killed.
final class FilesIT {
    private static final int MIB = 1 << 20;
    private static final Pattern SHOWN = Pattern.compile("\\[file (\\d+)] ");

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

    private Program client(String person, String command, String... more) throws IOException {
        return lab.start("client", arguments(person, command, more));
    }

    /// Listens, and can be written to.
    private Program bob() throws Exception {
        Program bob = client("bob", "listen");
        relay.program().awaitLine(Lab.address("bob"));
        return bob;
    }

    private String[] arguments(String person, String command, String... more) {
        return Stream.concat(
                        Stream.of(command, "--keystore", person + ".p12", "--server", relay.address()), Stream.of(more))
                .toArray(String[]::new);
    }

    private Path file(String name, long length) throws IOException {
        Path file = lab.path(name);
        try (RandomAccessFile octets = new RandomAccessFile(file.toFile(), "rw")) {
            octets.setLength(length);
            for (long at = 0; at < length; at += MIB) {
                octets.seek(at);
                octets.writeLong(at);
            }
        }
        return file;
    }

    private static String id(String line) {
        Matcher shown = SHOWN.matcher(line);
        assertThat(shown.find()).as(line).isTrue();
        return shown.group(1);
    }

    @Test
    void aFileIsShownAndSavedAndNotFetchedByItself() throws Exception {
        Program bob = bob();
        Path report = file("report.bin", 3L * MIB + 17);
        Outcome sent = lab.run(
                "client", arguments("alice", "send", "--to", "bob@lab.example", "--file", "report.bin", "as promised"));
        assertThat(sent.code()).as(sent.toString()).isZero();

        String id = id(bob.awaitLine("report.bin, 3.0 MiB"));
        bob.awaitLine("as promised");
        assertThat(lab.path("got.bin")).doesNotExist();
        Outcome saved = lab.run("client", arguments("bob", "save", id, "--out", "got.bin"));
        assertThat(saved.code()).as(saved.toString()).isZero();
        assertThat(lab.path("got.bin")).hasSameBinaryContentAs(report);
        assertThat(lab.run("client", arguments("bob", "save", id, "--out", "got.bin"))
                        .code())
                .as("it is there already")
                .isEqualTo(4);

        bob.terminate();
        bob.awaitExit();
        assertThat(lab.must("client", arguments("bob", "history", "--with", "alice@lab.example", "--json"))
                        .output())
                .singleElement()
                .asString()
                .contains(
                        "\"kind\":\"file\"",
                        "\"name\":\"report.bin\"",
                        "\"length\":3145745",
                        "\"text\":\"as promised\"");
        Path incoming = Files.createDirectory(lab.path("incoming"));
        assertThat(lab.must("client", arguments("bob", "save", id, "--out", "incoming"))
                        .output())
                .as("by itself, under its name")
                .containsExactly("saved " + incoming.toRealPath().resolve("report.bin"));
    }

    @Test
    void aRelayKilledInTheMiddleGoesOn() throws Exception {
        Program bob = bob();
        Path large = file("large.bin", 100L * MIB);
        Program alice = client("alice", "send", "--to", "bob@lab.example", "--file", "large.bin");
        awaitPart(8L * MIB);
        relay.program().kill();
        assertThat(stored()).singleElement().asString().endsWith(".part");
        relay = lab.startRelay(relay.port());

        assertThat(alice.awaitExit()).isZero();
        String id = id(bob.awaitLine("large.bin, 100.0 MiB"));
        lab.must("client", arguments("bob", "save", id, "--out", "got.bin"));
        assertThat(lab.path("got.bin")).hasSameBinaryContentAs(large);
        assertThat(stored()).singleElement().asString().endsWith(".file");
    }

    @Test
    void aSenderKilledInTheMiddleGoesOnWithTheNext() throws Exception {
        Program bob = bob();
        Path large = file("large.bin", 80L * MIB);
        Program alice = client("alice", "send", "--to", "bob@lab.example", "--file", "large.bin");
        awaitPart(8L * MIB);
        alice.kill();
        assertThat(stored()).singleElement().asString().endsWith(".part");

        client("alice", "chat").awaitLine("large.bin is sent");
        String id = id(bob.awaitLine("large.bin, 80.0 MiB"));
        lab.must("client", arguments("bob", "save", id, "--out", "got.bin"));
        assertThat(lab.path("got.bin")).hasSameBinaryContentAs(large);
        assertThat(stored())
                .as("one file, under one id")
                .singleElement()
                .asString()
                .endsWith(".file");
    }

    private List<Path> stored() throws IOException {
        try (Stream<Path> files = Files.list(lab.path("relay/files"))) {
            return files.toList();
        }
    }

    private void awaitPart(long length) throws IOException, InterruptedException {
        long end = System.nanoTime() + Program.PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (Path file : stored()) {
                if (file.toString().endsWith(".part") && Files.size(file) > length) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(2); // a directory tells nobody
        }
        throw new AssertionError("nothing is being uploaded: " + stored());
    }
}
