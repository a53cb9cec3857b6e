package org.chancery.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.chancery.console.CommandRun;
import org.chancery.console.Explanation;
import org.chancery.console.Surroundings;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.SessionEndCode;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The short commands, against a relay that runs and against none.
@Timeout(60)
class ControlCommandsTest {

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final Identity bob = pki.client("bob@lab.example");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("CHANCERY_DATA", directory.resolve("data").toString()),
                directory.resolve("conf"),
                label -> Optional.empty(),
                pki.clock(),
                new SecureRandom(),
                Path.of(""));
        return CommandRun.run(new ServerProgram(surroundings), surroundings, arguments)
                .code();
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysHowTheRelayIsAndWhoIsHere() throws Exception {
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            relay.greeted(alice).expect(Frame.CaughtUp.class);
            relay.greeted(bob).expect(Frame.CaughtUp.class);
            assertThat(run("status")).isZero();
            assertThat(printed())
                    .contains(
                            "ready:       yes",
                            "here:        2 devices, 2 connections",
                            "CRL:         of CN=Lab Issuing CA");
            assertThat(run("sessions")).isZero();
            assertThat(printed().lines().skip(1))
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("alice@lab.example ")
                    .contains(alice.deviceId().hex().substring(0, 16), "127.0.0.1");
            assertThat(run("sessions", "--json")).isZero();
            assertThat(printed()).contains("\"device\":\"" + bob.deviceId().hex() + "\"", "\"greeted\":true");
        }
    }

    @Test
    void sendsADeviceAway() throws Exception {
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            TestClient gone = relay.greeted(alice);
            relay.greeted(bob);
            String device = alice.deviceId().hex();
            assertThat(run("disconnect", device.substring(0, 8), "--json")).isZero();
            assertThat(printed())
                    .isEqualTo("{\"address\":\"alice@lab.example\",\"device\":\"" + device + "\",\"sessions\":1}\n");
            assertThat(gone.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.DISCONNECTED);
            relay.awaitGuest("-alice@lab.example DISCONNECTED");
            assertThat(relay.sample("chancery_sessions")).isEqualTo(1);

            assertThat(run("disconnect", device)).isEqualTo(1);
            assertThat(said())
                    .startsWith("error: no session of a device " + device)
                    .contains("hint: server sessions");
            assertThat(run("disconnect", device.substring(0, 7))).isEqualTo(2);
            assertThat(run("disconnect", "nonsense")).isEqualTo(2);
            relay.greeted(alice);
        }
    }

    @Test
    void saysThatNoRelayRuns() throws Exception {
        for (String[] command : new String[][] {{"status"}, {"sessions"}, {"disconnect", "0123456789"}}) {
            assertThat(run(command)).isEqualTo(5);
            assertThat(said()).startsWith("error: no relay runs on ").contains("\nhint: ");
        }
        TestRelay.start(pki, directory).close();
        assertThat(run("status")).isEqualTo(5);
    }

    /// As it is told to whoever has another account; nothing is denied to root, so that is not run here.
    @Test
    void saysThatTheRelayIsSomebodyElses() {
        Explanation denied = AskedRelay.unanswered(directory, new AccessDeniedException("control.sock"))
                .explanation();
        assertThat(denied.exitCode().code()).isEqualTo(5);
        assertThat(denied.message()).endsWith("permission denied");
        assertThat(denied.hint()).contains("as the relay's user");
        assertThat(AskedRelay.unanswered(directory, new IOException("closed"))
                        .explanation()
                        .message())
                .endsWith("does not answer: closed");
    }

    @Test
    void saysThatThereIsNoLogToCopy() {
        assertThat(run("backup", directory.resolve("copy.backup").toString())).isEqualTo(3);
        assertThat(said()).startsWith("error: no relay's log in ").contains("\nhint: ", "--data");
    }

    /// On the thread that writes the log everybody is answered, too.
    @Test
    void blamesTheDiskForWhatTheDiskDid() {
        assertThat(RunningRelay.why(new IOException("no space left")).message())
                .isEqualTo("the log cannot be written: no space left");
        assertThat(RunningRelay.why(new IllegalStateException()).message())
                .isEqualTo("internal error while writing the log: IllegalStateException");
    }

    @Test
    void copiesTheLogWithAndWithoutARelay() throws Exception {
        Path copy = directory.resolve("copy.backup");
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            assertThat(run("backup", copy.toString(), "--json")).isZero();
            assertThat(printed()).contains("\"octets\":" + Files.size(copy), "\"running\":true");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                    .isEqualTo("rw-------");
            assertThat(run("backup", copy.toString())).isEqualTo(4);
            assertThat(said()).contains("exists already", "--force");
            assertThat(run("backup", copy.toString(), "--force")).isZero();
            assertThat(run("backup", directory.resolve("nowhere/x").toString())).isEqualTo(3);
            assertThat(run("restore", copy.toString())).as("a relay has it").isEqualTo(4);
            assertThat(relay.relay()).isNotNull();
        }
        assertThat(run("backup", copy.toString())).isEqualTo(4);
        assertThat(run("backup", copy.toString(), "--force", "--json")).isZero();
        assertThat(printed()).contains("\"running\":false");
        assertThat(run("restore", copy.toString())).as("there is a log").isEqualTo(4);
        assertThat(said()).contains("has a log already");
        assertThat(directory.toFile().list()).as("nothing is left behind").noneMatch(name -> name.endsWith(".tmp"));
    }

    /// SQLite would write what the other log had acknowledged last into the copy.
    @Test
    void putsNoCopyBesideWhatIsLeftOfAnotherLog() throws Exception {
        Path copy = directory.resolve("copy.backup");
        Path log = directory.resolve("data/relay.db");
        TestRelay.start(pki, directory).close();
        assertThat(run("backup", copy.toString())).isZero();
        Files.delete(log);
        for (String end : new String[] {"-wal", "-shm", "-journal"}) {
            Path left = directory.resolve("data/relay.db" + end);
            Files.writeString(left, "of the log that was here");
            assertThat(run("restore", copy.toString())).as(end).isEqualTo(4);
            assertThat(said())
                    .startsWith("error: " + left + " is left of a log")
                    .contains("\nhint: move it to where");
            assertThat(log).doesNotExist();
            Files.delete(left);
        }
        assertThat(run("restore", copy.toString())).as(said()).isZero();
    }

    @Test
    void putsBackNothingButALog() throws Exception {
        Path other = directory.resolve("other");
        Files.writeString(other, "no database");
        assertThat(run("restore", other.toString())).isEqualTo(3);
        assertThat(run("restore", directory.resolve("nothing").toString())).isEqualTo(3);

        TestRelay.start(pki, directory.resolve("a")).close();
        Path copy = directory.resolve("copy.backup");
        assertThat(run(
                        "backup",
                        copy.toString(),
                        "--data",
                        directory.resolve("a/data").toString()))
                .isZero();
        byte[] octets = Files.readAllBytes(copy);
        for (int i = 4096; i < 8192; i++) {
            octets[i] ^= 0x5a;
        }
        Files.write(copy, octets);
        assertThat(run("restore", copy.toString())).as(said()).isEqualTo(3);
        assertThat(directory.resolve("data/relay.db")).doesNotExist();
    }
}
