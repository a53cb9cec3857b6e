package org.chancery.protocol.channel;

import java.io.IOException;
import java.net.Socket;

/// Closing so that the last thing said is heard: a socket closed with unread octets sends a reset, which
/// overtakes the alert that tells the other side why. So it is read empty first, within bounds.
final class Parting {

    private static final int WAIT_MILLIS = 500;
    private static final int MAX_OCTETS = 64 << 10;

    private Parting() {}

    static void close(Socket socket) {
        try (socket) {
            if (socket.isConnected() && !socket.isClosed()) {
                socket.shutdownOutput();
                drain(socket);
            }
        } catch (IOException e) {
            // The connection is given up: that it also fails to end well changes nothing for anybody.
            return;
        }
    }

    private static void drain(Socket socket) throws IOException {
        long deadlineNanos = System.nanoTime() + WAIT_MILLIS * 1_000_000L;
        byte[] scrap = new byte[2048];
        int total = 0;
        while (total < MAX_OCTETS) {
            long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return;
            }
            socket.setSoTimeout((int) leftMillis);
            int count = socket.getInputStream().read(scrap);
            if (count < 0) {
                return;
            }
            total += count;
        }
    }
}
