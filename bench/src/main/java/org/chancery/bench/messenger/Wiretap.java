package org.chancery.bench.messenger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/// Between one messenger and the relay: hands on, and counts the octets on their way up, as TCP carries them.
final class Wiretap implements AutoCloseable {
    private static final int BUFFER_OCTETS = 64 << 10;

    private final ServerSocket server;
    private final int relayPort;
    private final AtomicLong sent = new AtomicLong();

    private Wiretap(ServerSocket server, int relayPort) {
        this.server = server;
        this.relayPort = relayPort;
    }

    static Wiretap before(int relayPort) throws IOException {
        Wiretap tap = new Wiretap(new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1")), relayPort);
        Thread.ofVirtual().name("wiretap").start(tap::accept);
        return tap;
    }

    int port() {
        return server.getLocalPort();
    }

    /// Octets so far from the messenger to the relay: TLS records whole.
    long sent() {
        return sent.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket messenger = server.accept();
                Socket relay = new Socket(InetAddress.ofLiteral("127.0.0.1"), relayPort);
                messenger.setTcpNoDelay(true);
                relay.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> handOn(messenger, relay, sent));
                Thread.ofVirtual().start(() -> handOn(relay, messenger, new AtomicLong()));
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                System.err.println("wiretap: " + e);
            }
        }
    }

    private static void handOn(Socket from, Socket to, AtomicLong count) {
        try (from;
                to) {
            byte[] buffer = new byte[BUFFER_OCTETS];
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count.addAndGet(read);
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            return; // one of the two has gone; closing both is all there is to do
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
