package org.chancery.bench.relay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// One authenticated connection of the generator. One thread reads, which finds the messages; anybody writes.
final class Link implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int READ_OCTETS = 64 << 10;
    private static final int FIRST_OCTETS = 2 << 10;

    /// Which of the people this is.
    final int person;

    private final Dialect dialect;
    private final Socket plain;
    private final SSLSocket tls;
    private final InputStream in;
    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();

    /// What has been read and not been understood yet; the reader's.
    byte[] buffer = new byte[FIRST_OCTETS];

    int from;
    int to;

    /// Answers to what was published here.
    final Semaphore answers = new Semaphore(0);

    /// Messages heard; written by the reader.
    volatile long heard;

    /// What the dialect keeps of this connection.
    @Nullable
    Object memory;

    private volatile LongConsumer onMessage = _ -> {};
    private volatile boolean closed;
    private volatile @Nullable Exception failure;

    private Link(int person, Dialect dialect, Socket plain, SSLSocket tls) throws IOException {
        this.person = person;
        this.dialect = dialect;
        this.plain = plain;
        this.tls = tls;
        this.in = tls.getInputStream();
        this.out = tls.getOutputStream();
    }

    /// Connects, shakes hands in full, and logs in.
    static Link open(Dialect dialect, int port, int person, SSLContext context) throws IOException {
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            dialect.beforeTls(plain);
            SSLSocket tls = (SSLSocket)
                    context.getSocketFactory().createSocket(new ReadAheadSocket(plain), "127.0.0.1", port, true);
            tls.setEnabledProtocols(new String[] {"TLSv1.3"});
            tls.startHandshake();
            tls.getSession().invalidate();
            Link link = new Link(person, dialect, plain, tls);
            dialect.login(link);
            return link;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    void write(byte[] octets) throws IOException {
        writing.lock();
        try {
            out.write(octets);
        } finally {
            writing.unlock();
        }
    }

    /// Waits until at least so many octets are there to be understood.
    void need(int octets) throws IOException {
        while (to - from < octets) {
            fill();
        }
    }

    /// A line of text without its end.
    String line() throws IOException {
        int looked = from;
        while (true) {
            for (; looked < to; looked++) {
                if (buffer[looked] == '\n') {
                    String line = new String(buffer, from, looked - from, java.nio.charset.StandardCharsets.ISO_8859_1);
                    from = looked + 1;
                    return line;
                }
            }
            int before = from;
            fill();
            looked -= before - from;
        }
    }

    private void fill() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
        }
        if (to == buffer.length) {
            if (from > 0) {
                System.arraycopy(buffer, from, buffer, 0, to - from);
                to -= from;
                from = 0;
            } else {
                buffer = Arrays.copyOf(buffer, 2 * buffer.length);
            }
        }
        int count = in.read(buffer, to, buffer.length - to);
        if (count < 0) {
            throw new EOFException("closed by the relay");
        }
        to += count;
    }

    /// Reads from now on, on a thread of its own.
    ///
    /// @param message told when each message was sent, in nanoseconds
    void listen(LongConsumer message) {
        onMessage = message;
        buffer = Arrays.copyOf(buffer, Math.max(READ_OCTETS, buffer.length));
        Thread.ofPlatform().daemon().name("reader-" + person).start(() -> {
            try {
                plain.setSoTimeout(0);
                while (true) {
                    dialect.understand(this);
                    fill();
                }
            } catch (IOException | RuntimeException e) {
                if (!closed) {
                    failure = e;
                    System.err.println("reader " + person + ": " + e);
                }
            }
        });
    }

    /// The reader found a message.
    @SuppressWarnings("NonAtomicVolatileUpdate") // one reader
    void message(long sentNanos) {
        heard++;
        onMessage.accept(sentNanos);
    }

    /// @throws IOException if its reader has failed
    void check() throws IOException {
        Exception e = failure;
        if (e != null) {
            throw new IOException("connection " + person + " failed", e);
        }
    }

    /// Without ceremony, as a lost network would.
    @Override
    public void close() {
        closed = true;
        try {
            plain.close();
        } catch (IOException e) {
            System.err.println("not closed: " + e);
        }
    }

    /// Stays connected; whatever arrives is never read, and has to be delivered again.
    void leaveUnread() {
        closed = true;
    }

    /// Closes TLS, too.
    void leave() throws IOException {
        closed = true;
        tls.close();
    }
}
