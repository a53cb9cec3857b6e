package org.chancery.dist.relay;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.HandshakeException;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolException;

/// Honest clients beside an attack: pairs that write to each other at a steady rate, and one who comes in anew every
/// second. How long a letter takes counts from when it was due, not from when there was time to send it.
final class Bystanders implements Closeable {

    static final int PAIRS = 10;
    /// Letters a second, in all.
    static final int RATE = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int ACKNOWLEDGED_AT_ONCE = 8;

    private final TestPki pki;
    private final int port;
    private final Identity newcomer;
    private final List<Pair> pairs = new ArrayList<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final Semaphore arrived = new Semaphore(0);

    /// Connects everybody.
    ///
    /// @param people two for each pair, and the one who comes anew
    Bystanders(TestPki pki, List<Identity> people, int port) throws Exception {
        this.pki = pki;
        this.port = port;
        this.newcomer = people.getLast();
        for (int i = 0; i < PAIRS; i++) {
            pairs.add(new Pair(people.get(2 * i), people.get(2 * i + 1)));
        }
    }

    /// What came of a time.
    ///
    /// @param letters from due to delivered
    /// @param newcomers from connecting to being greeted
    record Measured(Latencies letters, Latencies newcomers) {}

    /// Writes for so long, and waits until everything has arrived.
    Measured talk(Duration length) throws Exception {
        latencies.clear();
        Queue<Long> greetings = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        Thread coming = Thread.ofPlatform().daemon().start(() -> comeAnew(end, greetings));
        int sent = 0;
        for (long due = start; due < end; due = start + sent * 1_000_000_000L / RATE) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            pairs.get(sent % PAIRS).write(due);
            sent++;
        }
        coming.join();
        if (!arrived.tryAcquire(sent, TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(arrived.availablePermits() + " of " + sent + " letters have arrived; " + faults);
        }
        requireNoFault();
        return new Measured(Latencies.of(List.copyOf(latencies)), Latencies.of(List.copyOf(greetings)));
    }

    private void requireNoFault() {
        if (!faults.isEmpty()) {
            throw new AssertionError("honest clients were hurt: " + faults);
        }
    }

    private void comeAnew(long endNanos, Queue<Long> greetings) {
        try {
            for (long due = System.nanoTime(); due < endNanos; due += 1_000_000_000L) {
                long left = due - System.nanoTime();
                if (left > 0) {
                    TimeUnit.NANOSECONDS.sleep(left);
                }
                connect(newcomer).close();
                greetings.add(System.nanoTime() - due);
            }
        } catch (IOException | HandshakeException | ProtocolException e) {
            faults.add("somebody could not come in: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Channel connect(Identity who) throws IOException, HandshakeException, ProtocolException {
        TlsIdentity tls =
                new TlsIdentity(who, new PeerJudge(pki.trustAnchors(), Revocation.NotChecked::new, pki.clock()));
        Channel channel = Channel.connect("127.0.0.1", port, tls, TIMEOUT);
        say(channel, new Frame.Hello(Frame.VERSION, Optional.empty(), "bystander"));
        if (!(channel.reader().read().orElseThrow() instanceof Frame.Welcome)) {
            throw new AssertionError("not greeted");
        }
        return channel;
    }

    private static void say(Channel channel, Frame frame) throws IOException, ProtocolException {
        channel.writer().write(frame);
        channel.writer().flush();
    }

    /// One who writes and one who reads.
    private final class Pair {
        private final Channel writer;
        private final Channel reader;
        private final BlankLetters letters;
        /// By the place of the letter: the conversation has no other writer.
        private final List<Long> dueNanos = new ArrayList<>();

        Pair(Identity from, Identity to) throws Exception {
            reader = connect(to);
            writer = connect(from);
            letters = new BlankLetters(from, to);
            Thread.ofVirtual().start(() -> listen(writer));
            Thread.ofVirtual().start(() -> listen(reader));
        }

        void write(long due) throws IOException, ProtocolException {
            synchronized (dueNanos) {
                dueNanos.add(due);
            }
            say(writer, letters.next());
        }

        private void listen(Channel channel) {
            try {
                Optional<Frame> frame = channel.reader().read();
                while (frame.isPresent()) {
                    hear(channel, frame.get());
                    frame = channel.reader().read();
                }
                faults.add("the relay closed the connection of a pair");
            } catch (IOException | ProtocolException e) {
                faults.add("a connection of a pair broke: " + e);
            }
        }

        private void hear(Channel channel, Frame frame) throws IOException, ProtocolException {
            switch (frame) {
                case Frame.Deliver delivery -> {
                    long now = System.nanoTime();
                    synchronized (dueNanos) {
                        latencies.add(now - dueNanos.get((int) delivery.sequence() - 1));
                    }
                    arrived.release();
                    if (delivery.sequence() % ACKNOWLEDGED_AT_ONCE == 0) {
                        say(channel, new Frame.Acknowledge(delivery.conversation(), delivery.sequence()));
                    }
                }
                case Frame.Refused refused -> faults.add("refused: " + refused);
                case Frame.Goodbye goodbye -> faults.add("sent away: " + goodbye);
                default -> {} // answers, signals, CRLs
            }
        }

        void close() throws IOException {
            reader.close();
            writer.close();
        }
    }

    @Override
    public void close() throws IOException {
        for (Pair pair : pairs) {
            pair.close();
        }
    }
}
