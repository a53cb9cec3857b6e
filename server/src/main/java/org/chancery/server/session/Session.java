package org.chancery.server.session;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.chancery.console.Printable;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.Peer;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.ProtocolException;
import org.chancery.server.allowance.Allowance;
import org.chancery.server.conversation.DeviceRefusedException;
import org.chancery.server.conversation.KnownDevice;
import org.chancery.server.delivery.Delivery;
import org.chancery.server.revocation.Grounds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One device's connection, from the handshake to its end. [#run] reads, on a virtual thread of its own, and is
/// the one place that turns what goes wrong into an end; the [Outbox] writes. Any thread may [#end] it.
public final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /// From goodbye to the closed socket, for a client that does not close it. With the quarter of a second
    /// that a CRL may wait to be seen, the revoked are gone in half the second they are promised.
    private static final int PARTING_MILLIS = 250;

    private static final int MAX_DETAIL = 500;

    /// How often a client that is slowed down is noted to be there.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Channel channel;
    private final Grounds judgedBy;
    private final RelayContext relay;
    private final Delivery delivery;
    private final Outbox outbox;
    private final Requests requests;
    private final Presence presence;
    private final LapseNews lapses;
    private final PresenceNews news = new PresenceNews(System.nanoTime());
    private final Allowance allowance;
    private final AtomicReference<@Nullable SessionEnd> ended = new AtomicReference<>();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Standing standing;
    private final Silence silence;
    private volatile boolean greeted;

    /// @param channel just authenticated; the session closes it
    /// @param judgedBy the grounds that held when its handshake began
    public Session(Channel channel, Grounds judgedBy, RelayContext relay) {
        this.channel = channel;
        this.judgedBy = judgedBy;
        this.relay = relay;
        this.delivery =
                new Delivery(relay.log(), peer().device(), relay.bounds().deliveryWindow());
        FileHandout files = new FileHandout(relay.files(), relay.metrics());
        this.outbox = new Outbox(
                channel, delivery, files, relay.bounds().queuedFrames(), relay.metrics(), this::writingFailed);
        this.presence = new Presence(relay.log(), relay.registry());
        this.standing = new Standing(peer(), relay);
        this.silence = new Silence(channel, relay.bounds());
        this.allowance = relay.allowances().of(peer().device());
        this.lapses = new LapseNews(relay.log(), peer().device(), this::say);
        this.requests = new Requests(this, relay, delivery, presence, lapses, allowance, files);
    }

    /// Who it is.
    public Peer peer() {
        return channel.peer();
    }

    /// Serves the device until it leaves or is sent away.
    public void run() {
        int ofDevice = relay.registry().open(this);
        try {
            if (ofDevice > relay.bounds().perDevice()) {
                end(SessionEnd.CROWDED, "more than " + relay.bounds().perDevice() + " connections of this device");
            }
            relay.met().accept(peer().path());
            if (relay.grounds().get() != judgedBy) {
                judge();
            }
            if (ended.get() == null) {
                serve();
            }
            ended.compareAndSet(null, SessionEnd.LEFT);
        } catch (ProtocolException e) {
            String what = told(e);
            LOG.info("{} broke the protocol: {}", name(), what);
            Frame.Refused refusal = Frame.Refused.anything(e.failure(), what);
            relay.metrics().refused(refusal);
            outbox.offer(refusal);
            end(SessionEnd.PROTOCOL, what);
        } catch (DeviceRefusedException e) {
            LOG.warn("{} refused: {}", name(), e.getMessage());
            end(SessionEnd.UNTRUSTED, "this key belongs to another address");
        } catch (IOException e) {
            LOG.debug("{} lost", name(), e);
            ended.compareAndSet(null, SessionEnd.LOST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(SessionEnd.DRAINING, "the relay stops");
        } catch (RuntimeException e) {
            LOG.error("{} failed", name(), e);
            end(SessionEnd.FAILURE, "the relay failed");
        } finally {
            end(SessionEnd.FAILURE, "the relay failed"); // an Error, which goes on its way; else it has ended
            part();
        }
    }

    private void serve() throws IOException, ProtocolException, DeviceRefusedException, InterruptedException {
        Optional<Frame> frame = read();
        if (frame.isEmpty()) {
            return;
        }
        if (!(frame.get() instanceof Frame.Hello hello)) {
            throw new ProtocolException(ProtocolError.MALFORMED_FRAME, "the first frame must be Hello");
        }
        silence.introduced();
        greet(hello);
        for (frame = read(); frame.isPresent() && ended.get() == null; frame = read()) {
            requests.handle(frame.get());
        }
    }

    private Optional<Frame> read() throws IOException, ProtocolException, InterruptedException {
        Optional<Frame> frame = channel.reader().read();
        frame.ifPresent(relay.metrics()::received);
        slowDown(allowance.frame(channel.reader().cost()));
        return frame;
    }

    /// Who sends too much is read more slowly: what is in the way fills up the socket, not the relay. The
    /// client has not fallen silent meanwhile.
    private void slowDown(Duration wait) throws InterruptedException {
        if (wait.isPositive()) {
            relay.metrics().slowedDown();
        }
        long untilNanos = System.nanoTime() + wait.toNanos();
        long leftNanos = wait.toNanos();
        while (leftNanos > 0 && !ending.await(Math.min(leftNanos, PATIENCE_NANOS), TimeUnit.NANOSECONDS)) {
            silence.excuse();
            leftNanos = untilNanos - System.nanoTime();
        }
    }

    private void greet(Frame.Hello hello)
            throws IOException, ProtocolException, DeviceRefusedException, InterruptedException {
        if (hello.version() != Frame.VERSION) {
            throw new ProtocolException(
                    ProtocolError.UNSUPPORTED_VERSION,
                    "protocol version " + hello.version() + ", this relay speaks " + Frame.VERSION);
        }
        Peer peer = peer();
        relay.log()
                .admit(new KnownDevice(
                        peer.address(),
                        peer.displayName(),
                        peer.device(),
                        peer.path().chain(),
                        false));
        if (ended.get() == SessionEnd.REVOKED) {
            // Judged while it was being entered: whoever marks the revoked may not have seen it yet.
            relay.log().revoke(List.of(peer.device()));
            return;
        }
        relay.registry().admit(this).ifPresent(older -> older.end(SessionEnd.REPLACED, "connected from elsewhere"));
        relay.guestbook().connected(peer);
        LOG.debug("{} from {} with {}", name(), source().getHostAddress(), told(hello.software()));
        say(new Frame.Welcome(
                relay.log().incarnation(),
                relay.clock().instant(),
                peer.device(),
                peer.address(),
                relay.bounds().maxFrameBytes()));
        greeted = true; // from here on others may say something
        outbox.begin(new CrlHandout(() -> relay.grounds().get().offer(), hello.crls()));
        presence.arrived(this);
        tellLapses();
        delivery.begin();
        outbox.deliver();
    }

    /// Says an answer; a client that lets too many wait is sent away.
    void say(Frame frame) {
        requireRoom(outbox.offer(frame));
    }

    /// Says an answer that is made when the client is ready to read it.
    void say(Outbox.Reply reply) {
        requireRoom(outbox.offer(reply));
    }

    /// Says no. It counts, read or not.
    void refuse(Frame.Refused refusal) {
        refuse(refusal, () -> refusal);
    }

    /// Says no at greater length than there is need to keep.
    ///
    /// @param whole the refusal with what it shows
    void refuse(Frame.Refused refusal, Outbox.Reply whole) {
        relay.metrics().refused(refusal);
        say(whole);
    }

    private void requireRoom(boolean found) {
        if (!found) {
            end(SessionEnd.TOO_SLOW, "too much waits to be read");
        }
    }

    /// Says what may as well be lost.
    void signal(Frame frame) {
        if (greeted && !outbox.signal(frame)) {
            relay.metrics().signalDropped();
            LOG.debug("{} is behind, {} dropped", name(), frame);
        }
    }

    /// Says who came or went, now or with the next such news.
    void presence(Address about, boolean online) {
        if (greeted) {
            news.add(about, online, System.nanoTime()).ifPresent(this::signal);
        }
    }

    /// A letter for this device is in the log. Does not block.
    void letterFor(ConversationId conversation, long sequence) {
        if (delivery.wake(conversation, sequence)) {
            outbox.deliver();
        }
    }

    /// Says so once more when everything is delivered that is in the log by now.
    void catchUpAgain() {
        delivery.catchUpAgain();
        outbox.deliver();
    }

    /// What the client has acknowledged may have made room for more.
    void deliver() {
        outbox.deliver();
    }

    /// Octets of a file have been asked for.
    void handOutFiles() {
        outbox.handOutFiles();
    }

    /// Hands over the CRLs in force; who has not been greeted gets them then.
    public void tellRevocations() {
        outbox.handOut();
    }

    /// Tells of letters of this device that were not fetched in time, until it has seen it.
    public void tellLapses() throws IOException {
        if (greeted) {
            lapses.look();
        }
    }

    /// Asks again whether the device may be here, and ends the session if not.
    public void judge() {
        standing.judge().ifPresent(this::end);
    }

    /// Looks at the clock, about once a second: certificate, silence, and news that waited.
    public void tick(Instant now) {
        news.due(System.nanoTime()).ifPresent(this::signal);
        Optional<Departure> departure = standing.at(now).or(silence::tooLong);
        if (departure.isPresent()) {
            end(departure.get());
        } else if (silence.wantsPing()) {
            signal(new Frame.Ping(System.nanoTime()));
        }
    }

    private void end(Departure departure) {
        end(departure.reason(), departure.detail());
    }

    /// Sends the device away. The first reason counts. Does not block: what the client does not read in time it
    /// does not get to know.
    public void end(SessionEnd reason, String detail) {
        if (!ended.compareAndSet(null, reason)) {
            return;
        }
        ending.countDown();
        Optional<Duration> comeBackIn =
                reason == SessionEnd.DRAINING ? Optional.of(relay.bounds().comeBackIn()) : Optional.empty();
        reason.told().ifPresent(code -> outbox.end(new Frame.Goodbye(code, detail, comeBackIn)));
        Thread.ofVirtual().name("session-end").start(this::cutInTime);
    }

    private void cutInTime() {
        try {
            if (!over.await(PARTING_MILLIS, TimeUnit.MILLISECONDS)) {
                cut();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cut();
        }
    }

    private void writingFailed(Throwable e) {
        if (e instanceof IOException) {
            LOG.debug("{} lost while writing", name(), e);
            ended.compareAndSet(null, SessionEnd.LOST);
        } else {
            LOG.error("{} failed while writing", name(), e);
            ended.compareAndSet(null, SessionEnd.FAILURE);
        }
        cut();
    }

    /// The reader gets an exception, and comes to [#part].
    private void cut() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("{} not closed cleanly", name(), e);
        }
    }

    /// The last thing: hears the client out where it was told to go, closes, and tells the others.
    private void part() {
        SessionEnd end = Objects.requireNonNull(ended.get());
        if (end.told().isPresent()) {
            hearOut();
        }
        outbox.close();
        cut();
        over.countDown();
        if (end == SessionEnd.REVOKED) {
            relay.metrics().cutOff().revokedGone();
        }
        relay.registry().leave(this);
        if (greeted) {
            relay.guestbook().disconnected(peer(), end);
            tellOthers();
        }
        relay.registry().close(this, end);
    }

    /// Where the other end is.
    public InetAddress source() {
        return channel.remote();
    }

    /// How long it has been here.
    public Duration age() {
        return silence.age();
    }

    /// Whether it has been taken in.
    public boolean greeted() {
        return greeted;
    }

    /// How many frames wait for the client to read.
    public int waiting() {
        return outbox.waiting();
    }

    private void hearOut() {
        try {
            channel.discard();
        } catch (IOException e) {
            LOG.debug("{} gone before it was heard out", name(), e);
        }
    }

    private void tellOthers() {
        try {
            presence.left(this);
        } catch (IOException e) {
            LOG.error("nobody told that {} left", name(), e);
        }
    }

    /// As it may go into a frame: short and printable, whoever had a hand in it.
    private static String told(Exception e) {
        return told(String.valueOf(e.getMessage()));
    }

    /// As above.
    static String told(String detail) {
        String text = Printable.of(detail);
        return text.substring(0, Math.min(text.length(), MAX_DETAIL));
    }

    /// For the log.
    public String name() {
        return name(peer());
    }

    /// As above.
    static String name(Peer peer) {
        return peer.address() + " " + peer.device().hex().substring(0, 12);
    }
}
