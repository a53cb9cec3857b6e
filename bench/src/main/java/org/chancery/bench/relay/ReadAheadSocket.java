package org.chancery.bench.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/// The plain socket as JSSE sees it: many records arrive with one system call. The generator has to be cheaper than
/// what it measures.
final class ReadAheadSocket extends Socket {

    private static final int READ_AHEAD = 32 << 10;

    private final Socket plain;
    private byte[] ahead = new byte[0];
    private int from;
    private int to;

    ReadAheadSocket(Socket plain) {
        this.plain = plain;
    }

    private final InputStream in = new InputStream() {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (from == to) {
                if (ahead.length == 0) {
                    ahead = new byte[READ_AHEAD];
                }
                int count = plain.getInputStream().read(ahead, 0, ahead.length);
                if (count <= 0) {
                    return count;
                }
                from = 0;
                to = count;
            }
            int count = Math.min(length, to - from);
            System.arraycopy(ahead, from, target, offset, count);
            from += count;
            if (from == to) {
                ahead = new byte[0]; // ten thousand idle ones fit into memory
            }
            return count;
        }

        @Override
        public int available() throws IOException {
            return to - from + plain.getInputStream().available();
        }
    };

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return plain.getOutputStream();
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }

    @Override
    public void shutdownInput() throws IOException {
        plain.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        plain.shutdownOutput();
    }

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
}
