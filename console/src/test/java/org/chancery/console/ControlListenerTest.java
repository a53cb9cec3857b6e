package org.chancery.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlListenerTest {

    private static final int MAX_OCTETS = 100;

    @TempDir
    private Path directory;

    /// Says what it hears.
    private static final class Echo implements ControlExchange.Service<String, String> {
        @Override
        public String read(DataInputStream in) throws IOException {
            return BoundedText.read(in, MAX_OCTETS);
        }

        @Override
        public String answer(String request) {
            return request;
        }

        @Override
        public void write(DataOutputStream out, String answer) throws IOException {
            BoundedText.write(out, answer);
        }
    }

    private Path socket() {
        return directory.resolve("control.sock");
    }

    private String ask(String text) throws IOException {
        try (SocketChannel asking = ControlListener.connect(socket())) {
            BoundedText.write(new DataOutputStream(Channels.newOutputStream(asking)), text);
            return BoundedText.read(new DataInputStream(Channels.newInputStream(asking)), MAX_OCTETS);
        }
    }

    @Test
    void answersItsOwnerAlone() throws Exception {
        try (var listener = ControlListener.open(socket(), new ControlExchange<>(new Echo()))) {
            assertThat(ask("grüße")).isEqualTo("grüße");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                    .isEqualTo("rw-------");
            assertThat(directory.resolve(".s")).as("where it was made").doesNotExist();
            assertThat(listener).isNotNull();
        }
        assertThat(socket()).doesNotExist();
    }

    /// A killed process leaves its socket, and may leave where it was making one.
    @Test
    void takesThePlaceOfADeadOne() throws Exception {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket()));
        }
        Files.createDirectory(directory.resolve(".s"));
        Files.createFile(directory.resolve(".s").resolve("s"));
        try (SocketChannel nobody = ControlListener.connect(socket())) {
            assertThat(nobody.isConnected()).isFalse();
        }
        try (var listener = ControlListener.open(socket(), new ControlExchange<>(new Echo()))) {
            assertThat(ask("alive")).isEqualTo("alive");
            assertThat(listener).isNotNull();
        }
    }

    /// What the JDK makes of EACCES; root, who may run this, is denied nothing.
    @Test
    void tellsWhoIsDeniedFromWhoFindsNobody() {
        assertThat(ControlListener.isDenied(new BindException("Permission denied")))
                .isTrue();
        assertThat(ControlListener.isDenied(new ConnectException("Connection refused")))
                .isFalse();
        assertThat(ControlListener.isDenied(new SocketException("No such file or directory")))
                .isFalse();
    }

    @Test
    void saysThatAPathIsTooLong() {
        Path far = directory.resolve("x".repeat(120)).resolve("control.sock");
        assertThatExceptionOfType(ControlPathException.class)
                .isThrownBy(() -> ControlListener.open(far, new ControlExchange<>(new Echo())))
                .withMessageContaining("octets, at most 107");
    }

    /// As many who say nothing as are heard at a time: who asks after them waits until they are cut.
    @Test
    void cutsOffWhoeverDawdles() throws Exception {
        List<SocketChannel> dawdlers = new ArrayList<>();
        try (var listener = ControlListener.open(socket(), new ControlExchange<>(new Echo(), Duration.ofMillis(300)))) {
            for (int i = 0; i < ControlListener.MAX_REQUESTS; i++) {
                SocketChannel dawdler = ControlListener.connect(socket());
                dawdler.write(ByteBuffer.allocate(2));
                dawdlers.add(dawdler);
            }
            assertThat(ask("at last")).isEqualTo("at last");
            assertThat(dawdlers.getFirst().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(listener).isNotNull();
        } finally {
            for (SocketChannel dawdler : dawdlers) {
                dawdler.close();
            }
        }
    }

    @Test
    void takesNoMoreThanItsBound() throws Exception {
        try (var listener = ControlListener.open(socket(), new ControlExchange<>(new Echo()));
                SocketChannel asking = ControlListener.connect(socket())) {
            asking.write(ByteBuffer.allocate(4).putInt(0, Integer.MAX_VALUE));
            assertThat(asking.read(ByteBuffer.allocate(1))).as("closed").isEqualTo(-1);
            assertThat(ask("next")).isEqualTo("next");
            assertThat(listener).isNotNull();
        }
    }
}
