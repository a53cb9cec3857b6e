package org.chancery.client.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chancery.console.BoundedText;
import org.chancery.console.ControlListener;
import org.chancery.console.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlServerTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Path socket() {
        return directory.resolve("control.sock");
    }

    private Optional<ExitCode> run(InputStream in, String... arguments) throws IOException {
        return ControlClient.run(
                socket(),
                new Invocation(directory, List.of(arguments)),
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void runsWhatTheOtherProcessWasAskedFor() throws Exception {
        try (var server = ControlServer.open(socket(), (invocation, in, out, err) -> {
            out.println(invocation.directory() + " " + invocation.arguments());
            err.println("grüße");
            return ExitCode.NO;
        })) {
            assertThat(run(input(""), "rooms", "list")).contains(ExitCode.NO);
            assertThat(server).isNotNull();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(directory + " [rooms, list]\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("grüße\n");
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        assertThat(run(input(""), "history")).isEmpty();
    }

    /// A script's loop reads its list from the same input.
    @Test
    void readsOfTheInputOnlyWhatTheCommandAsksFor() throws Exception {
        InputStream in = input("one\ntwo\n");
        try (var server = ControlServer.open(socket(), (_, _, _, _) -> ExitCode.DONE)) {
            assertThat(run(in, "rooms", "list")).contains(ExitCode.DONE);
            assertThat(server).isNotNull();
        }
        assertThat(in.available()).isEqualTo(8);
    }

    @Test
    void bringsTheInputAndItsEnd() throws Exception {
        String large = "line\n".repeat(50_000);
        try (var server = ControlServer.open(socket(), (_, in, out, _) -> {
            out.print(lines(in));
            return ExitCode.DONE;
        })) {
            assertThat(run(input(large), "send", "-")).contains(ExitCode.DONE);
            assertThat(server).isNotNull();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("50000");
    }

    private static long lines(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                .lines()
                .count();
    }

    @Test
    void bringsMoreThanFitsIntoOneFrame() throws Exception {
        String large = "x".repeat(3 * ControlFrames.MAX_CHUNK_OCTETS);
        try (var server = ControlServer.open(socket(), (_, _, out, _) -> {
            out.print(large);
            return ExitCode.DONE;
        })) {
            assertThat(run(input(""), "history")).contains(ExitCode.DONE);
            assertThat(server).isNotNull();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(large);
    }

    @Test
    void interruptsACommandWhoseProcessHasGone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (var server = ControlServer.open(socket(), waiting(begun, interrupted))) {
            try (SocketChannel guest = ControlListener.connect(socket())) {
                ControlFrames.write(
                        new DataOutputStream(Channels.newOutputStream(guest)),
                        new Invocation(directory, List.of("verify")));
                begun.await();
            }
            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server).isNotNull();
        }
    }

    @Test
    void interruptsCommandsWhenItEnds() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (SocketChannel guest = guestOfAServerThatEnds(begun, interrupted)) {
            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(guest).isNotNull();
        }
    }

    private SocketChannel guestOfAServerThatEnds(CountDownLatch begun, CountDownLatch interrupted) throws Exception {
        try (var server = ControlServer.open(socket(), waiting(begun, interrupted))) {
            SocketChannel guest = ControlListener.connect(socket());
            ControlFrames.write(
                    new DataOutputStream(Channels.newOutputStream(guest)),
                    new Invocation(directory, List.of("verify")));
            begun.await();
            assertThat(server).isNotNull();
            return guest;
        }
    }

    private static ControlServer.Runner waiting(CountDownLatch begun, CountDownLatch interrupted) {
        return (_, _, _, _) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                return ExitCode.DONE;
            } catch (InterruptedException e) {
                interrupted.countDown();
                return ExitCode.INTERNAL;
            }
        };
    }

    @Test
    void saysThatTheOtherProcessWasLost() throws Exception {
        try (var listener = ControlListener.open(socket(), guest -> guest.read(ByteBuffer.allocate(1)))) {
            assertThatIOException().isThrownBy(() -> run(input(""), "history"));
            assertThat(listener).isNotNull();
        }
    }

    @Test
    void hangsUpOnWhoSpeaksAnotherVersion() throws Exception {
        try (var server = ControlServer.open(socket(), (_, _, _, _) -> ExitCode.DONE);
                SocketChannel guest = ControlListener.connect(socket())) {
            guest.write(ByteBuffer.wrap(new byte[] {3}));
            assertThat(guest.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(server).isNotNull();
        }
    }

    @Test
    void takesNoMoreThanItsBounds() throws Exception {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Invocation(directory, Collections.nCopies(257, "x")));
        try (var server = ControlServer.open(socket(), (_, _, _, _) -> ExitCode.DONE);
                SocketChannel guest = ControlListener.connect(socket())) {
            DataOutputStream frames = new DataOutputStream(Channels.newOutputStream(guest));
            frames.writeByte(4);
            BoundedText.write(frames, directory.toString());
            frames.writeShort(257);
            assertThat(guest.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(server).isNotNull();
        }
    }

    /// Many arguments of some length are as much as one that is too long.
    @Test
    void takesNoMoreThanItsBoundOfAllArgumentsTogether() throws Exception {
        String half = "x".repeat(Invocation.MAX_OCTETS / 2);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Invocation(directory, List.of(half, half, "x")));
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        DataOutputStream frames = new DataOutputStream(sent);
        frames.writeByte(4);
        BoundedText.write(frames, directory.toString());
        frames.writeShort(3);
        BoundedText.write(frames, half);
        BoundedText.write(frames, half);
        BoundedText.write(frames, "x");
        assertThatIOException()
                .isThrownBy(() ->
                        ControlFrames.readInvocation(new DataInputStream(new ByteArrayInputStream(sent.toByteArray()))))
                .withMessageContaining("at most 0");
    }
}
