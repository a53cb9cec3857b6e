package org.chancery.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.server.allowance.Allowances;
import org.chancery.server.config.ServerConfig;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.sqlite.SqliteConversationLog;
import org.chancery.server.listen.Listener;
import org.chancery.server.metrics.Metrics;
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
    private static final int TICK_MILLIS = 1000;

    private final ServerConfig config;
    private final DataDirectory data;
    private final RevocationWatch watch;
    private final RelayContext context;
    private final Listener listener;
    private final Oversight oversight;
    private final Housekeeping housekeeping;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private Relay(
            ServerConfig config,
            DataDirectory data,
            RevocationWatch watch,
            RelayContext context,
            Listener listener,
            Oversight oversight,
            Housekeeping housekeeping) {
        this.config = config;
        this.data = data;
        this.watch = watch;
        this.context = context;
        this.listener = listener;
        this.oversight = oversight;
        this.housekeeping = housekeeping;
    }

    /// Starts a relay; it accepts when this returns.
    ///
    /// @param identity its own
    /// @param anchors whom it believes about people
    /// @param surroundings what it is given of the world
    /// @throws DataDirectoryBusyException if another relay has the data
    /// @throws IOException if data, CRLs or the address are not to be had
    public static Relay start(ServerConfig config, Identity identity, TrustAnchors anchors, Surroundings surroundings)
            throws IOException, DataDirectoryBusyException {
        Clock clock = surroundings.clock();
        List<AutoCloseable> opened = new ArrayList<>();
        boolean started = false;
        try {
            RevocationWatch watch = RevocationWatch.open(
                    config.crlFiles(), issuers(identity, anchors), config.revocationGrace(), clock);
            opened.add(watch);
            DataDirectory data = DataDirectory.take(config.dataDirectory());
            opened.add(data);
            Metrics metrics = new Metrics();
            ConversationLog log = SqliteConversationLog.open(
                    data.logFile(), config.storage(), clock, surroundings.random(), metrics, surroundings.logFailed());
            opened.add(log);
            PeerJudge judge = new PeerJudge(anchors, watch::revocation, clock);
            RelayContext context = new RelayContext(
                    log,
                    new SessionRegistry(metrics),
                    judge,
                    watch::current,
                    config.sessions(),
                    config.rooms(),
                    new Allowances(config.rates()),
                    clock,
                    surroundings.guestbook(),
                    metrics);
            RevokedDevices.mark(log, watch.current());
            Listener listener =
                    Listener.open(config.listen(), config.connections(), new TlsIdentity(identity, judge), context);
            opened.add(listener);
            Oversight oversight = Oversight.open(config, data, context, identity, listener.address());
            opened.add(oversight);
            Housekeeping housekeeping = Housekeeping.begin(context, config.storage());
            opened.add(housekeeping);
            Relay relay = new Relay(config, data, watch, context, listener, oversight, housekeeping);
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
    /// @param logFailed told when a write to the log failed; has to end the process
    public record Surroundings(Clock clock, SecureRandom random, Guestbook guestbook, Consumer<Throwable> logFailed) {}

    /// The anchors, and the authorities that vouch for ourselves: they sign people's certificates too.
    private static List<X509Certificate> issuers(Identity identity, TrustAnchors anchors) {
        List<X509Certificate> issuers = new ArrayList<>(anchors.certificates());
        issuers.addAll(identity.chain().issuers());
        return issuers;
    }

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

    /// Other CRLs count: everybody here is judged again, the revoked first among them to go, and those who stay
    /// get the CRLs.
    private void revocationChanged() {
        context.metrics().cutOff().crlsChanged();
        for (Session session : context.registry().all()) {
            session.judge();
        }
        for (Session session : context.registry().all()) {
            session.tellRevocations();
        }
        try {
            RevokedDevices.mark(context.log(), watch.current());
        } catch (IOException e) {
            LOG.error("revoked devices not marked in the directory", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        try {
            while (!stopping.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                for (Session session : context.registry().all()) {
                    session.tick(context.clock().instant());
                }
                context.allowances().forgetUntouched();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops: accepts no more, sends everybody away to come back, closes the log. What was acknowledged is on
    /// disk.
    public void drain() throws IOException, InterruptedException {
        oversight.draining();
        listener.close();
        watch.close();
        housekeeping.close();
        stopping.countDown();
        for (Session session : context.registry().all()) {
            session.end(SessionEnd.DRAINING, "the relay stops");
        }
        if (!context.registry().awaitEmpty(config.sessions().drainTimeout().toMillis())) {
            LOG.warn("{} sessions did not end in time", context.registry().all().size());
        }
        context.log().close();
        oversight.close();
        data.close();
    }
}
