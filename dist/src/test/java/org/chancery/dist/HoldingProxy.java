package org.chancery.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A wire between client and relay that can hold back what the relay says, so that an answer can be lost on purpose.
/// What is held when a connection ends is lost with it. Two virtual threads a connection; the flag is shared with the
/// test under the lock.
final class HoldingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final InetSocketAddress relay;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private boolean holding;

    private HoldingProxy(ServerSocket listener, InetSocketAddress relay) {
        this.listener = listener;
        this.relay = relay;
    }

    static HoldingProxy before(int relayPort) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        HoldingProxy proxy =
                new HoldingProxy(new ServerSocket(0, 50, loopback), new InetSocketAddress(loopback, relayPort));
        Thread.startVirtualThread(proxy::acceptAll);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    /// From now on nothing that the relay says goes through.
    void holdAnswers() {
        set(true);
    }

    /// From now on everything goes through again.
    void release() {
        set(false);
    }

    private void set(boolean hold) {
        lock.lock();
        try {
            holding = hold;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                Thread.startVirtualThread(() -> connect(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket toRelay = new Socket()) {
            sockets.add(toRelay);
            toRelay.connect(relay);
            Thread upward = Thread.startVirtualThread(() -> pump(client, toRelay, false));
            pump(toRelay, client, true);
            upward.join();
        } catch (IOException e) {
            // The relay is down: the client sees its connection closed, as it would without us.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(client);
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (answers && !awaitRelease(from)) {
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side went away; closing both tells the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(to);
        }
    }

    /// Waits while answers are held.
    ///
    /// @return false if they were held: then what was read is dropped, and the connection with it
    private boolean awaitRelease(Socket from) throws InterruptedException {
        lock.lock();
        try {
            boolean wasHeld = holding;
            while (holding && !from.isClosed()) {
                released.await();
            }
            return !wasHeld;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        release();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
