package org.chancery.dist.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.chancery.dist.Program;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.HandshakeException;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.ProtocolException;
import org.jspecify.annotations.Nullable;

/// An honest client that outlives its relays: writes letters at a pace, sends again bit by bit what was not answered,
/// acknowledges what it was brought, and tells what it sees that must never be.
///
/// A virtual thread reads while there is a connection, another writes while it is asked to; the lock guards everything,
/// writing to the socket included, so that letters leave in the order of their counters.
final class Correspondent {
    /// Letters that may wait for their answer in one conversation.
    private static final int UNDER_WAY = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Identity identity;
    private final TlsIdentity tls;
    private final Consumer<String> fault;
    private final Random random;
    private final List<Correspondence> conversations = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Channel channel;
    private boolean joined;
    private boolean greeted;
    private boolean talking;
    private volatile Duration pace = Duration.ZERO;
    private Optional<String> incarnation = Optional.empty();
    private @Nullable Thread listening;
    private @Nullable Thread speaking;

    /// @param fault told what must never be, in words
    Correspondent(TestPki pki, Identity identity, long seed, Consumer<String> fault) {
        this.identity = identity;
        this.tls =
                new TlsIdentity(identity, new PeerJudge(pki.trustAnchors(), Revocation.NotChecked::new, pki.clock()));
        this.random = new Random(seed);
        this.fault = fault;
    }

    Identity identity() {
        return identity;
    }

    /// Takes part in a conversation from here on.
    void take(Correspondence conversation) {
        lock.lock();
        try {
            conversations.add(conversation);
        } finally {
            lock.unlock();
        }
    }

    List<Correspondence> conversations() {
        return conversations;
    }

    /// Connects to a relay, and stays for as long as that lives.
    void join(int port) {
        lock.lock();
        try {
            joined = true;
        } finally {
            lock.unlock();
        }
        listening = Thread.startVirtualThread(() -> live(port));
    }

    /// Waits until the relay has greeted us, or is gone.
    ///
    /// @return whether it has
    boolean awaitGreeting() throws InterruptedException {
        return await(() -> greeted || !joined) && greeted;
    }

    /// Waits until the connection is over.
    void awaitParting() throws InterruptedException {
        if (listening != null && !listening.join(TIMEOUT)) {
            throw new AssertionError("the connection goes on");
        }
    }

    /// Closes the connection.
    void part() throws IOException, InterruptedException {
        Channel current;
        lock.lock();
        try {
            current = channel;
        } finally {
            lock.unlock();
        }
        if (current != null) {
            current.close();
        }
        awaitParting();
    }

    /// Writes, at about this pace, until told another one or to [#beQuiet].
    void talk(Duration newPace) {
        boolean silent;
        lock.lock();
        try {
            pace = newPace;
            silent = !talking;
            talking = true;
        } finally {
            lock.unlock();
        }
        if (silent) {
            speaking = Thread.startVirtualThread(this::speak);
        }
    }

    void beQuiet() throws InterruptedException {
        lock.lock();
        try {
            talking = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (speaking != null && !speaking.join(TIMEOUT)) {
            throw new AssertionError("it talks on");
        }
    }

    /// Waits until everything we wrote has been answered.
    void awaitAnswers() throws InterruptedException {
        if (!await(() -> conversations.stream().allMatch(each -> each.unanswered() == 0))) {
            throw new AssertionError("not answered: "
                    + conversations.stream()
                            .flatMap(each -> each.waiting().stream())
                            .toList());
        }
    }

    /// Waits until we know of a conversation up to a place, and acknowledges it.
    void awaitPlace(ConversationId conversation, long place) throws InterruptedException, IOException {
        Correspondence known = of(conversation).orElseThrow();
        if (!await(() -> known.head() >= place && known.log().size() >= place)) {
            throw new AssertionError(
                    "place " + place + " not brought, only " + known.log().size() + " up to " + known.head());
        }
        lock.lock();
        try {
            if (channel != null && known.owesAcknowledgement()) {
                say(channel, known.acknowledge());
            }
        } catch (ProtocolException e) {
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }

    /// The letters of ours that have no answer yet.
    List<String> waiting() {
        lock.lock();
        try {
            return conversations.stream()
                    .flatMap(each -> each.waiting().stream())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private interface Fact {
        boolean holds();
    }

    /// Waits until something is true of what the lock guards; false if it is not in good time.
    private boolean await(Fact fact) throws InterruptedException {
        long remaining = Program.PATIENCE.toNanos();
        lock.lock();
        try {
            while (!fact.holds() && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
            return fact.holds();
        } finally {
            lock.unlock();
        }
    }

    private void live(int port) {
        try (Channel mine = Channel.connect("127.0.0.1", port, tls, FrameLimits.DEFAULT, TIMEOUT)) {
            lock.lock();
            try {
                channel = mine;
                say(mine, new Frame.Hello(Frame.VERSION, incarnation, "campaign"));
            } finally {
                lock.unlock();
            }
            Optional<Frame> frame = mine.reader().read();
            while (frame.isPresent()) {
                hear(mine, frame.get());
                frame = mine.reader().read();
            }
        } catch (IOException | HandshakeException e) {
            // The relay is gone, or going: that is what this is about.
            return;
        } catch (ProtocolException e) {
            fault.accept(identity.deviceId().hex().substring(0, 6) + " hears what is no frame: " + e);
        } finally {
            lock.lock();
            try {
                channel = null;
                joined = false;
                greeted = false;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void hear(Channel mine, Frame frame) throws IOException, ProtocolException {
        lock.lock();
        try {
            switch (frame) {
                case Frame.Welcome welcome -> greeted(mine, welcome);
                case Frame.Published published ->
                    of(published.conversation()).ifPresent(each -> each.answered(published));
                case Frame.Deliver delivery -> brought(mine, delivery);
                case Frame.Refused refused -> {
                    // A relay that stops takes nothing more: the letter waits for the next one.
                    if (refused.error() != ProtocolError.SHUTTING_DOWN) {
                        fault.accept("refused: " + refused);
                    }
                }
                case Frame.Ping ping -> say(mine, new Frame.Pong(ping.nonce()));
                default -> {} // signals, revocations, a goodbye: nothing that is counted here
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void greeted(Channel mine, Frame.Welcome welcome) throws IOException, ProtocolException {
        if (incarnation.isPresent() && !incarnation.get().equals(welcome.incarnation())) {
            fault.accept("another incarnation of the log, though nothing was restored");
        }
        incarnation = Optional.of(welcome.incarnation());
        for (Correspondence each : conversations) {
            for (Frame.Publish retry : each.retry()) {
                mine.writer().write(retry);
            }
        }
        mine.writer().flush();
        greeted = true;
    }

    /// Acknowledges now and then: what is not acknowledged has to come again.
    private void brought(Channel mine, Frame.Deliver delivery) throws IOException, ProtocolException {
        Optional<Correspondence> conversation = of(delivery.conversation());
        if (conversation.isEmpty()) {
            fault.accept("brought a letter of a conversation that it is not in: " + delivery);
            return;
        }
        conversation.get().brought(delivery);
        if (random.nextInt(3) == 0) {
            say(mine, conversation.get().acknowledge());
        }
    }

    private Optional<Correspondence> of(ConversationId conversation) {
        return conversations.stream()
                .filter(each -> each.conversation().equals(conversation))
                .findFirst();
    }

    private static void say(Channel channel, Frame frame) throws IOException, ProtocolException {
        channel.writer().write(frame);
        channel.writer().flush();
    }

    private void speak() {
        try {
            while (writeNext()) {
                TimeUnit.NANOSECONDS.sleep((long) (pace.toNanos() * 2 * random.nextDouble()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (EnvelopeException e) {
            fault.accept("cannot seal: " + e);
        }
    }

    /// Writes one letter as soon as there is a connection and few wait; false if it is to be quiet.
    private boolean writeNext() throws InterruptedException, EnvelopeException {
        lock.lock();
        try {
            Correspondence next = conversations.get(random.nextInt(conversations.size()));
            while (talking && (!greeted || next.unanswered() >= UNDER_WAY)) {
                changed.await();
            }
            if (!talking) {
                return false;
            }
            Frame.Publish letter = next.write();
            Channel current = channel;
            if (current != null) {
                say(current, letter);
            }
            return true;
        } catch (IOException | ProtocolException e) {
            return true; // the connection is gone; the letter waits for the next one
        } finally {
            lock.unlock();
        }
    }
}
