package org.chancery.dist.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.chancery.dist.Program;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.HandshakeException;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.Frame;
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
    private static final Duration TIMEOUT = Program.PATIENCE;

    private final Identity identity;
    private final TlsIdentity tls;
    private final Consumer<String> fault;
    private final Random random;
    private final Correspondence.Directory directory;
    private final List<Correspondence> conversations = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Channel channel;
    private boolean joined;
    private boolean greeted;
    private boolean caughtUp;
    private boolean talking;
    private volatile Duration pace = Duration.ZERO;
    private Optional<String> incarnation = Optional.empty();
    private boolean anotherLog;
    private int toldOfAnotherLog;
    private long lastId;
    /// Who has asked, by the number of the question.
    private final Map<Long, Correspondence> questions = new HashMap<>();
    private @Nullable Thread listening;
    private @Nullable Thread speaking;

    /// @param fault told what must never be, in words
    Correspondent(
            TestPki pki, Identity identity, Correspondence.Directory directory, long seed, Consumer<String> fault) {
        this.identity = identity;
        this.tls =
                new TlsIdentity(identity, new PeerJudge(pki.trustAnchors(), Revocation.NotChecked::new, pki.clock()));
        this.directory = directory;
        this.random = new Random(seed);
        this.fault = fault;
    }

    Identity identity() {
        return identity;
    }

    /// Has a conversation with somebody from here on.
    void converse(Address other) {
        locked(() -> conversations.add(Correspondence.direct(identity, other, directory, fault)));
    }

    /// Begins a room with these people as soon as it is connected.
    void found(List<Address> circle) {
        locked(() -> {
            Correspondence room = Correspondence.founding(circle, identity, ++lastId, directory, fault);
            conversations.add(room);
            Channel current = channel;
            if (current != null && greeted) {
                room.retry().forEach(create -> sayOrLeaveIt(current, create));
            }
        });
    }

    /// The next relay has another log, made of a copy.
    ///
    /// @param heads how far it goes in each conversation
    /// @return how many places that we knew are lost
    int expectAnotherLog(ToLongFunction<ConversationId> heads) {
        int[] lost = {0};
        locked(() -> {
            anotherLog = true;
            for (Correspondence each : conversations) {
                lost[0] += each.begunAnotherLog(heads.applyAsLong(each.conversation()));
            }
            conversations.removeIf(each -> each.lost(heads.applyAsLong(each.conversation())));
        });
        return lost[0];
    }

    /// Looks at the conversations while nothing happens to them.
    void each(Consumer<Correspondence> look) {
        locked(() -> conversations.forEach(look));
    }

    private void locked(Runnable what) {
        lock.lock();
        try {
            what.run();
        } finally {
            lock.unlock();
        }
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

    /// Waits until everything we wrote and did has been answered.
    void awaitAnswers() throws InterruptedException {
        if (!await(() -> conversations.stream().allMatch(each -> each.waiting().isEmpty()))) {
            throw new AssertionError("not answered: " + waiting());
        }
    }

    /// Waits until the relay has brought everything that waited for us.
    void awaitBacklog() throws InterruptedException {
        if (!await(() -> caughtUp)) {
            throw new AssertionError("not caught up");
        }
    }

    /// How often it was told that the log is another one.
    int toldOfAnotherLog() {
        return toldOfAnotherLog;
    }

    /// What of ours has no answer yet.
    List<String> waiting() {
        List<String> waiting = new ArrayList<>();
        each(conversation -> waiting.addAll(conversation.waiting()));
        return waiting;
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
        try (Channel mine = Channel.connect("127.0.0.1", port, tls, TIMEOUT)) {
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
                caughtUp = false;
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
                case Frame.Published published -> about(mine, published.conversation(), it -> it.answered(published));
                case Frame.Deliver delivery -> {
                    about(mine, delivery.conversation(), it -> it.brought(delivery));
                    acknowledgeSometimes(mine, delivery.conversation());
                }
                case Frame.DeliverMembership delivery -> {
                    if (of(delivery.conversation()).isEmpty()) { // asked into a room
                        conversations.add(Correspondence.in(delivery.conversation(), identity, directory, fault));
                    }
                    about(mine, delivery.conversation(), it -> it.brought(delivery));
                    acknowledgeSometimes(mine, delivery.conversation());
                }
                case Frame.MembershipAccepted accepted ->
                    about(mine, accepted.conversation(), it -> it.accepted(accepted));
                case Frame.MembershipAnswer answer -> about(mine, answer.conversation(), it -> it.answered(answer));
                case Frame.Refused refused -> refused(mine, refused);
                case Frame.CaughtUp _ -> caughtUp = true;
                case Frame.Ping ping -> say(mine, new Frame.Pong(ping.nonce()));
                default -> {} // signals, revocations, a goodbye: nothing that is counted here
            }
            changed.signalAll();
        } catch (IllegalStateException e) {
            fault.accept(identity.deviceId().hex().substring(0, 6) + " hears what cannot be: " + e + ", " + frame);
        } finally {
            lock.unlock();
        }
    }

    private void about(Channel mine, ConversationId conversation, Consumer<Correspondence> what)
            throws IOException, ProtocolException {
        Optional<Correspondence> known = of(conversation);
        if (known.isEmpty()) {
            fault.accept("told of a conversation that it is not in: " + conversation.hex());
            return;
        }
        what.accept(known.get());
        sayUnasked(mine, known.get());
    }

    private void sayUnasked(Channel mine, Correspondence conversation) throws IOException, ProtocolException {
        long id = ++lastId;
        questions.put(id, conversation);
        try {
            for (Frame frame : conversation.unasked(id)) {
                mine.writer().write(frame);
            }
        } catch (EnvelopeException e) {
            throw new IllegalStateException("cannot seal", e);
        }
        mine.writer().flush();
    }

    private void refused(Channel mine, Frame.Refused refused) throws IOException, ProtocolException {
        if (refused.error() == ProtocolError.SHUTTING_DOWN) {
            return; // a relay that stops takes nothing more: it waits for the next one
        }
        if (refused.publish().isPresent()) {
            about(mine, refused.publish().get().conversation(), it -> it.refused(refused));
            return;
        }
        Correspondence asked = refused.queryId().map(questions::get).orElse(null);
        if (asked == null) {
            fault.accept("refused: " + refused);
            return;
        }
        asked.refusedQuery(refused.queryId().orElseThrow(), refused);
        sayUnasked(mine, asked);
    }

    private void greeted(Channel mine, Frame.Welcome welcome) throws IOException, ProtocolException {
        boolean another = incarnation
                .filter(known -> !known.equals(welcome.incarnation()))
                .isPresent();
        if (another != anotherLog) {
            fault.accept(another ? "another incarnation, though nothing was restored" : "not told of the other log");
        }
        toldOfAnotherLog += another ? 1 : 0;
        anotherLog = false;
        incarnation = Optional.of(welcome.incarnation());
        for (Correspondence each : conversations) {
            for (Frame retry : each.retry()) {
                mine.writer().write(retry);
            }
            sayUnasked(mine, each);
        }
        greeted = true;
    }

    /// Acknowledges now and then: what is not acknowledged has to come again.
    private void acknowledgeSometimes(Channel mine, ConversationId conversation) throws IOException, ProtocolException {
        if (random.nextInt(3) == 0) {
            say(mine, of(conversation).orElseThrow().seen().acknowledge());
        }
    }

    private Optional<Correspondence> of(ConversationId conversation) {
        return conversations.stream()
                .filter(each -> each.conversation().equals(conversation))
                .findFirst();
    }

    private static void sayOrLeaveIt(Channel channel, Frame frame) {
        try {
            say(channel, frame);
        } catch (IOException | ProtocolException e) {
            return; // the connection is gone; the next one begins with it
        }
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

    /// Writes one letter, or changes a room, as soon as there is a connection and few wait; false if it is to be quiet.
    private boolean writeNext() throws InterruptedException, EnvelopeException {
        lock.lock();
        try {
            List<Correspondence> open = open();
            while (talking && open.isEmpty()) {
                changed.await();
                open = open();
            }
            if (!talking) {
                return false;
            }
            Correspondence next = open.get(random.nextInt(open.size()));
            long id = ++lastId;
            questions.put(id, next);
            Optional<Frame> frame = next.next(random, id);
            Channel current = channel;
            if (current != null && frame.isPresent()) {
                say(current, frame.get());
            }
            return true;
        } catch (IOException | ProtocolException e) {
            return true; // the connection is gone; the letter waits for the next one
        } finally {
            lock.unlock();
        }
    }

    private List<Correspondence> open() {
        return greeted
                ? conversations.stream()
                        .filter(each -> each.takesPart(UNDER_WAY))
                        .toList()
                : List.of();
    }
}
