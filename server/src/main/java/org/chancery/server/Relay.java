package org.chancery.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.server.allowance.Allowances;
import org.chancery.server.config.ServerConfig;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.StorageShares;
import org.chancery.server.conversation.sqlite.SqliteConversationLog;
import org.chancery.server.file.FileStore;
import org.chancery.server.listen.Listener;
import org.chancery.server.metrics.Metrics;
import org.chancery.server.revocation.Authorities;
import org.chancery.server.revocation.Grounds;
import org.chancery.server.revocation.RevocationWatch;
import org.chancery.server.session.Guestbook;
import org.chancery.server.session.RelayContext;
import org.chancery.server.session.Session;
import org.chancery.server.session.SessionEnd;
import org.chancery.server.session.SessionRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running relay.
public final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final long TICK_MILLIS = 1000;

    private final ServerConfig config;
    private final DataDirectory data;
    private final RevocationWatch watch;
    private final RevokedDevices revoked;
    private final RelayIdentity identity;
    private final RelayContext context;
    private final Listener listener;
    private final Oversight oversight;
    private final Housekeeping housekeeping;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private Relay(
            ServerConfig config,
            Held held,
            RelayIdentity identity,
            RelayContext context,
            Listener listener,
            Oversight oversight,
            Housekeeping housekeeping) {
        this.config = config;
        this.data = held.data();
        this.watch = held.watch();
        this.revoked = held.revoked();
        this.identity = identity;
        this.context = context;
        this.listener = listener;
        this.oversight = oversight;
        this.housekeeping = housekeeping;
    }

    /// What a relay has of the world and lets go when it ends.
    private record Held(DataDirectory data, RevocationWatch watch, RevokedDevices revoked) {}

    /// Starts a relay; it accepts when this returns.
    ///
    /// @param identity its own
    /// @param anchors whom it believes about people
    /// @param surroundings what it is given of the world
    /// @throws DataDirectoryBusyException if another relay has the data
    /// @throws PathValidationException if nobody would accept the identity
    /// @throws IOException if data, CRLs or the address are not to be had
    public static Relay start(ServerConfig config, Identity identity, TrustAnchors anchors, Surroundings surroundings)
            throws IOException, DataDirectoryBusyException, PathValidationException {
        Clock clock = surroundings.clock();
        List<AutoCloseable> opened = new ArrayList<>();
        boolean started = false;
        try {
            DataDirectory data = DataDirectory.take(config.dataDirectory());
            opened.add(data);
            RevocationWatch watch = RevocationWatch.open(
                    new RevocationWatch.Watched(config.crls(), data.crlDirectory(), config.revocationGrace()),
                    new Authorities(anchors, identity.chain()),
                    clock);
            opened.add(watch);
            PeerJudge judge = new PeerJudge(() -> watch.grounds().anchors(), watch::revocation, clock);
            RelayIdentity shown = new RelayIdentity(identity, judge);
            Metrics metrics = new Metrics();
            FileStore files = FileStore.open(data.fileDirectory(), config.files(), config.storage(), clock, metrics);
            ConversationLog log = SqliteConversationLog.open(
                    data.logFile(),
                    new StorageShares(config.storage(), files::octetsOf),
                    clock,
                    surroundings.random(),
                    metrics,
                    surroundings.logFailed());
            opened.add(log);
            RelayContext context = new RelayContext(
                    log,
                    new SessionRegistry(metrics),
                    judge,
                    watch::grounds,
                    watch::meet,
                    config.sessions(),
                    config.rooms(),
                    new Allowances(config.rates(), config.files()),
                    files,
                    clock,
                    surroundings.guestbook(),
                    metrics);
            RevokedDevices revoked = RevokedDevices.begin(log, watch::grounds);
            opened.add(revoked);
            Listener listener = Listener.open(config.listen(), config.connections(), shown::tls, context);
            opened.add(listener);
            Oversight oversight = Oversight.open(config, data, context, shown::identity, listener.address());
            opened.add(oversight);
            Housekeeping housekeeping = Housekeeping.begin(context, config.storage(), config.files());
            opened.add(housekeeping);
            Relay relay = new Relay(
                    config, new Held(data, watch, revoked), shown, context, listener, oversight, housekeeping);
            watch.watch(relay::revocationChanged);
            Thread.ofPlatform().name("session-clock").daemon(true).start(relay::tick);
            started = true;
            return relay;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        } finally {
            if (!started) {
                closeAll(opened);
            }
        }
    }

    /// What a relay is given of the world around it.
    ///
    /// @param guestbook hears of who comes and goes
    /// @param logFailed told when a write to the log failed, an IOException if that was the disk's doing; has to
    ///     end the process
    public record Surroundings(Clock clock, SecureRandom random, Guestbook guestbook, Consumer<Throwable> logFailed) {}

    private static void closeAll(List<AutoCloseable> opened) {
        for (AutoCloseable part : opened.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("not closed cleanly after a failed start", e);
            }
        }
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return listener.address();
    }

    /// Where it answers whoever watches it, if anywhere.
    public Optional<InetSocketAddress> metricsAddress() {
        return oversight.metricsAddress();
    }

    /// Which log it serves.
    public String incarnation() {
        return context.log().incarnation();
    }

    /// Copies the log into a new file.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if there is one
    /// @throws IOException if it cannot be written
    public void copyLog(Path file) throws IOException {
        context.log().copyTo(file, false);
    }

    /// What it counts.
    public Metrics metrics() {
        return context.metrics();
    }

    /// Other CRLs count, or other anchors: everybody here is judged again, first those whom a list names, for a look
    /// into the lists is quicker than a judgement. Those who stay get the CRLs. Waits for no disk and no client.
    ///
    /// @param sinceNanos when that was read, as [System#nanoTime] has it
    private void revocationChanged(long sinceNanos) {
        context.metrics().cutOff().crlsChanged(sinceNanos);
        Grounds grounds = watch.grounds();
        Map<Boolean, List<Session>> named = context.registry().all().stream()
                .collect(Collectors.partitioningBy(
                        session -> grounds.lists(session.peer().path().chain())));
        named.getOrDefault(true, List.of()).forEach(Session::judge);
        named.getOrDefault(false, List.of()).forEach(Session::judge);
        for (Session session : context.registry().all()) {
            session.tellRevocations();
        }
        revoked.changed();
    }

    /// Believes other anchors from now on; everybody here is judged anew by them.
    public void believe(TrustAnchors anchors) {
        if (!watch.grounds().anchors().equals(anchors)) {
            watch.believe(new Authorities(anchors, identity.identity().chain()));
            LOG.info("other anchors are trusted now");
        }
    }

    /// Shows another certificate, and uses its key, from the next handshake on. Sessions go on.
    ///
    /// @throws PathValidationException if nobody would accept it; the old one stays
    public void become(Identity other) throws PathValidationException {
        if (!identity.identity().chain().equals(other.chain())) {
            identity.become(other);
            watch.believe(new Authorities(watch.grounds().anchors(), other.chain()));
            LOG.info(
                    "another certificate is shown now, good until {}",
                    other.chain().leaf().getNotAfter().toInstant());
        }
    }

    /// Looks at everybody when a second begins: certificates end with seconds.
    private void tick() {
        try {
            while (!stopping.await(millisToNextSecond(), TimeUnit.MILLISECONDS)) {
                Instant now = context.clock().instant();
                for (Session session : context.registry().all()) {
                    attempt(() -> session.tick(now));
                }
                attempt(context.allowances()::forgetUntouched);
                attempt(listener::tick);
                attempt(() -> identity.look(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// If one of them ended this thread, no certificate would end a session from then on, and nobody would notice.
    @SuppressWarnings("CatchingUnchecked")
    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("something that is due every second was not done", e);
        }
    }

    private long millisToNextSecond() {
        return TICK_MILLIS - Math.floorMod(context.clock().millis(), TICK_MILLIS);
    }

    /// Stops: accepts no more, sends everybody away to come back, closes the log. What was acknowledged is on
    /// disk.
    public void drain() throws IOException, InterruptedException {
        oversight.draining();
        listener.close();
        stopping.countDown();
        sendAway();
        watch.close();
        revoked.close();
        housekeeping.close();
        sendAway(); // whose handshake was under way
        if (!context.registry().awaitEmpty(config.sessions().drainTimeout().toMillis())) {
            LOG.warn("{} sessions did not end in time", context.registry().all().size());
        }
        context.log().close();
        oversight.close();
        data.close();
    }

    private void sendAway() {
        for (Session session : context.registry().all()) {
            session.end(SessionEnd.DRAINING, "the relay stops");
        }
    }
}
