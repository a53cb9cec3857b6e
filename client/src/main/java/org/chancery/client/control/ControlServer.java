package org.chancery.client.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.chancery.client.engine.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The owning process's ear: takes texts to send from other processes of the same person, and answers when they are
/// decided. Each request has a virtual thread of its own.
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    /// How long a command waits for the relay; as long as it would by itself.
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /// More scripts at once than a person has.
    private static final int MAX_REQUESTS = 64;

    private final Path socket;
    private final ServerSocketChannel listening;
    private final Courier courier;
    private final Semaphore requests = new Semaphore(MAX_REQUESTS);

    private ControlServer(Path socket, ServerSocketChannel listening, Courier courier) {
        this.socket = socket;
        this.listening = listening;
        this.courier = courier;
    }

    /// Listens at `socket`, whose directory only its owner can enter. A socket that a killed process left is removed:
    /// the caller holds the store's lock.
    public static ControlServer open(Path socket, Courier courier) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean ready = false;
        try {
            listening.bind(UnixDomainSocketAddress.of(socket));
            // The directory's 0700 has kept others out since before the socket was there; this is for who looks.
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            ready = true;
        } finally {
            if (!ready) {
                listening.close();
            }
        }
        ControlServer server = new ControlServer(socket, listening, courier);
        Thread.ofVirtual().name("control").start(server::run);
        return server;
    }

    private void run() {
        try {
            while (true) {
                requests.acquire();
                SocketChannel client = listening.accept();
                Thread.ofVirtual().name("control-request").start(() -> serve(client));
            }
        } catch (ClosedChannelException e) {
            LOG.debug("the control socket is closed");
        } catch (IOException e) {
            LOG.error("the control socket failed; commands cannot hand their work over any more", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            Command.SendText request = ControlFrames.readRequest(new DataInputStream(Channels.newInputStream(client)));
            Dispatch answer = courier.send(request.to(), request.text(), PATIENCE);
            ControlFrames.writeAnswer(new DataOutputStream(Channels.newOutputStream(client)), answer);
        } catch (IOException e) {
            LOG.info("a request over the control socket failed: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            requests.release();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        Files.deleteIfExists(socket);
    }
}
