package org.chancery.protocol.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// The plain socket as JSSE sees it: the header and the body of a record arrive with one system call instead of
/// two, and the records of one flush leave with one.
///
/// JSSE may not close it: the [Channel] does, when it has read what the other side still sends, so that an alert
/// is not overtaken by a reset. During the handshake writes go straight through, and all reads together have one
/// deadline.
final class BufferedSocket extends Socket {

    /// A TLS record of a short letter, with room for the next.
    private static final int READ_AHEAD = 2048;
    /// A TLS record of a frame without a letter: all that an idle connection keeps.
    private static final int SHORT_READ_AHEAD = 256;
    /// So many reads in a row that would have fitted into the short one: the letters have ended for now.
    private static final int SHORT_READS = 16;
    /// Reads of at least this size gain nothing by a copy.
    private static final int DIRECT_READ = 4096;
    /// Octets read without a pause by a thread that others wait for: in records of one octet each, some milliseconds.
    private static final int MOST_PUSHED = 32 << 10;
    /// Four full records.
    private static final int WRITE_BEHIND = 64 << 10;

    private static final byte[] NOTHING = new byte[0];

    private final Socket plain;
    private final InputStream in = new Input();
    private final OutputStream out = new Output();

    /// Reader only.
    private byte[] ahead = NOTHING;

    private int aheadFrom;
    private int aheadTo;
    private int shortReads;

    /// Octets read since the socket was last found empty.
    private int pushed;

    private volatile long deadlineNanos;
    private volatile boolean established;

    /// JSSE writes from the reader's thread too (alerts, key updates), while the writer pushes.
    private final ReentrantLock behindLock = new ReentrantLock();

    private byte[] behind = NOTHING;
    private int behindSize;
    private volatile boolean spoken;

    /// @param handshakeTimeout from now until [#establish]
    BufferedSocket(Socket plain, Duration handshakeTimeout) throws SocketException {
        super((SocketImpl) null); // it has none of its own: everything asks the plain one
        this.plain = plain;
        this.deadlineNanos = System.nanoTime() + handshakeTimeout.toNanos();
    }

    /// The handshake is over: reads wait for as long as it takes, writes wait for [#push]. Reader only.
    void establish() throws SocketException {
        established = true;
        shortReads = SHORT_READS;
        plain.setSoTimeout(0);
    }

    /// True once a handshake record of ours has gone out: we found a version and a cipher suite in common.
    boolean answered() {
        return spoken;
    }

    /// Sends what has been written.
    void push() throws IOException {
        behindLock.lock();
        try {
            if (behindSize > 0) {
                plain.getOutputStream().write(behind, 0, behindSize);
                behindSize = 0;
            }
            behind = NOTHING;
        } finally {
            behindLock.unlock();
        }
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    /// Does nothing; see the class.
    @Override
    public void close() {}

    @Override
    public void shutdownInput() {}

    @Override
    public void shutdownOutput() {}

    @Override
    public boolean isConnected() {
        return plain.isConnected();
    }

    @Override
    public boolean isBound() {
        return plain.isBound();
    }

    @Override
    public boolean isClosed() {
        return plain.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return plain.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return plain.isOutputShutdown();
    }

    @Override
    public void setSoTimeout(int timeoutMillis) throws SocketException {
        plain.setSoTimeout(timeoutMillis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return plain.getSoTimeout();
    }

    @Override
    public int getSoLinger() throws SocketException {
        return plain.getSoLinger();
    }

    @Override
    public InetAddress getInetAddress() {
        return plain.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return plain.getLocalAddress();
    }

    @Override
    public int getPort() {
        return plain.getPort();
    }

    @Override
    public int getLocalPort() {
        return plain.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return plain.getRemoteSocketAddress();
    }

    private final class Input extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (aheadFrom == aheadTo) {
                if (length >= DIRECT_READ) {
                    return receive(target, offset, length);
                }
                fitAhead();
                int count = receive(ahead, 0, ahead.length);
                if (count <= 0) {
                    return count;
                }
                aheadFrom = 0;
                aheadTo = count;
                shortReads = count < SHORT_READ_AHEAD ? shortReads + 1 : 0;
            }
            int count = Math.min(length, aheadTo - aheadFrom);
            System.arraycopy(ahead, aheadFrom, target, offset, count);
            aheadFrom += count;
            return count;
        }

        /// Long for a handshake and while letters come, short for who is silent: most are, most of the time.
        private void fitAhead() {
            if (shortReads >= SHORT_READS && ahead.length > SHORT_READ_AHEAD) {
                ahead = new byte[SHORT_READ_AHEAD];
            } else if (shortReads == 0 && ahead.length < READ_AHEAD) {
                ahead = new byte[READ_AHEAD];
            }
        }

        @Override
        public int available() throws IOException {
            return aheadTo - aheadFrom + plain.getInputStream().available();
        }

        private int receive(byte[] target, int offset, int length) throws IOException {
            if (!established) {
                long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    throw new SocketTimeoutException("handshake not finished in time");
                }
                plain.setSoTimeout((int) Math.min(leftMillis, Integer.MAX_VALUE));
            }
            int count = plain.getInputStream().read(target, offset, length);
            giveWay(count, length);
            return count;
        }

        /// A virtual thread that always finds something to read keeps its processor, and who shares that waits;
        /// to yield would only give way to those that this processor has begun.
        private void giveWay(int count, int wanted) {
            pushed = count == wanted ? pushed + count : 0;
            if (pushed > MOST_PUSHED) {
                pushed = 0;
                LockSupport.parkNanos(1);
            }
        }
    }

    private final class Output extends OutputStream {

        /// ContentType handshake, RFC 8446 section 5.1.
        private static final int HANDSHAKE_RECORD = 22;

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            behindLock.lock();
            try {
                if (!established) {
                    spoken |= length > 0 && source[offset] == HANDSHAKE_RECORD;
                    plain.getOutputStream().write(source, offset, length);
                    return;
                }
                if (behindSize + length > WRITE_BEHIND) {
                    plain.getOutputStream().write(behind, 0, behindSize);
                    behindSize = 0;
                }
                if (behindSize + length > behind.length) {
                    behind = Arrays.copyOf(
                            behind, Math.max(behindSize + length, Math.min(2 * behind.length, WRITE_BEHIND)));
                }
                System.arraycopy(source, offset, behind, behindSize, length);
                behindSize += length;
            } finally {
                behindLock.unlock();
            }
        }
    }
}
