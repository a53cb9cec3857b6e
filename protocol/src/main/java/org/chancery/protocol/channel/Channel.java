package org.chancery.protocol.channel;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.FrameReader;
import org.chancery.protocol.frame.FrameWriter;
import org.jspecify.annotations.Nullable;

/// An authenticated connection: both sides have shown certificates that the other accepts, and frames go both
/// ways.
///
/// One thread reads, one thread at a time writes, any thread closes. Between two frames there is no time-out: who
/// wants one closes from another thread.
public final class Channel implements Closeable {

    /// What may have been on its way when the other side was sent away.
    private static final int MAX_DISCARDED = 1 << 20;

    private final Socket plain;
    private final BufferedSocket buffered;
    private final SSLSocket tls;
    private final ValidatedPath path;
    private final @Nullable Peer peer;
    private final FrameReader reader;
    private final FrameWriter writer;
    private volatile long heardNanos = System.nanoTime();

    private Channel(Socket plain, BufferedSocket buffered, SSLSocket tls, Handshake.Outcome outcome, FrameLimits read)
            throws IOException {
        this.plain = plain;
        this.buffered = buffered;
        this.tls = tls;
        this.path = outcome.path();
        this.peer = outcome.peer().orElse(null);
        this.reader = new FrameReader(new Input(tls.getInputStream()), read);
        this.writer = new FrameWriter(new Output(tls.getOutputStream()), FrameLimits.DEFAULT);
    }

    /// The relay's side. Blocks until the handshake is over.
    ///
    /// @param plain just accepted; closed here if it does not become a channel
    /// @param read what the relay reads; it writes what everybody reads
    /// @throws HandshakeException naming what refused whom
    /// @throws IOException if the socket failed before TLS began
    public static Channel accept(Socket plain, TlsIdentity identity, FrameLimits read, Duration handshakeTimeout)
            throws IOException, HandshakeException {
        try {
            plain.setTcpNoDelay(true);
            BufferedSocket buffered = new BufferedSocket(plain, handshakeTimeout);
            SSLSocket tls = identity.relaySide(buffered);
            return new Channel(plain, buffered, tls, Handshake.withPerson().run(tls, buffered), read);
        } catch (HandshakeException | IOException | RuntimeException e) {
            Parting.close(plain);
            throw e;
        }
    }

    /// A person's side: connects and shakes hands.
    ///
    /// The relay judges our certificate after our side of the handshake is over. If it refuses, the first read
    /// throws [AlertException].
    ///
    /// @param host the relay's DNS name or IP address, which its certificate must name
    /// @param timeout for connecting, and again for the handshake
    /// @throws HandshakeException naming what refused whom
    /// @throws IOException if nobody answers there
    public static Channel connect(String host, int port, TlsIdentity identity, Duration timeout)
            throws IOException, HandshakeException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
            plain.setTcpNoDelay(true);
            BufferedSocket buffered = new BufferedSocket(plain, timeout);
            SSLSocket tls = identity.personSide(buffered, host);
            return new Channel(plain, buffered, tls, Handshake.withRelay(host).run(tls, buffered), FrameLimits.DEFAULT);
        } catch (HandshakeException | IOException | RuntimeException e) {
            Parting.close(plain);
            throw e;
        }
    }

    /// The IP address of the other end.
    public InetAddress remote() {
        return plain.getInetAddress();
    }

    /// What proves who is at the other end.
    public ValidatedPath path() {
        return path;
    }

    /// The person at the other end.
    ///
    /// @throws IllegalStateException on a person's own side: a relay has no address, see [#path]
    public Peer peer() {
        if (peer == null) {
            throw new IllegalStateException("the other side is a relay");
        }
        return peer;
    }

    /// When something came from the other side last, as [System#nanoTime] has it.
    public long heardNanos() {
        return heardNanos;
    }

    /// What the other side says. [AlertException] if it ended the connection with an alert.
    public FrameReader reader() {
        return reader;
    }

    /// What we say.
    public FrameWriter writer() {
        return writer;
    }

    /// Says that nothing more will be written, after everything that was. The other side's frames can still be
    /// read. For the writing thread.
    ///
    /// @throws IOException the socket failed
    public void endWriting() throws IOException {
        writer.flush();
        tls.shutdownOutput();
        buffered.push();
        plain.shutdownOutput();
    }

    /// Reads what the other side still says, and forgets it, until it closes or has said a frame's worth: so it gets
    /// to read our last words, and cannot go on at our expense. For the reading thread.
    ///
    /// @throws IOException the connection ended in another way
    public void discard() throws IOException {
        byte[] scrap = new byte[2048];
        InputStream in = tls.getInputStream();
        int total = 0;
        int count = 0;
        while (count >= 0 && total < MAX_DISCARDED) {
            count = in.read(scrap);
            total += count;
        }
    }

    /// Cuts the connection at once, whatever other threads do with it: they get an [IOException].
    @Override
    public void close() throws IOException {
        plain.close();
    }

    /// Tells an alert of the other side from a failure.
    private final class Input extends FilterInputStream {

        Input(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int count = super.read(target, offset, length);
                heardNanos = System.nanoTime();
                return count;
            } catch (SSLException e) {
                Optional<TlsAlert> alert = TlsAlert.received(e);
                throw alert.isPresent() ? new AlertException(alert.get(), e) : e;
            }
        }
    }

    /// A flush sends what JSSE has sealed.
    private final class Output extends FilterOutputStream {

        Output(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            out.write(source, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
            buffered.push();
        }
    }
}
