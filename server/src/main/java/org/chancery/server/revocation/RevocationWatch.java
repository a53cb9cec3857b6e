package org.chancery.server.revocation;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.revocation.Crl;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.server.config.CrlLocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches for CRLs in files and at URLs, each on a thread of its own, so that none waits for a slow one; and rings
/// when people have to be judged anew: other CRLs, other trust, or a CRL that has become too old.
public final class RevocationWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RevocationWatch.class);

    /// How often the clock is looked at.
    private static final Duration TICK = Duration.ofMillis(250);

    /// For everybody to be judged a last time.
    private static final Duration ENDING = Duration.ofSeconds(2);

    private final Watched watched;
    private final CrlStock stock;
    private final HttpClient http;
    private final List<CrlFollower> followers = new ArrayList<>();
    private final Clock clock;
    private final AgeWarnings ages;
    private final Bell bell = new Bell();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Set<Crl> outdated = Set.of(); // as of the last look, by whoever opens it and then by its thread
    private @Nullable Thread judging; // whoever starts and ends it

    private RevocationWatch(Watched watched, CrlStock stock, Clock clock) {
        this.watched = watched;
        this.stock = stock;
        this.clock = clock;
        this.ages = new AgeWarnings(watched.grace());
        PeerJudge ours = new PeerJudge(() -> stock.grounds().anchors(), Revocation.NotChecked::new, clock);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CrlUrl.CONNECT)
                .sslContext(HttpsTrust.context(() -> ours))
                .build();
    }

    /// What is watched.
    ///
    /// @param kept the directory where what was believed is kept; made if needed
    /// @param grace how long after its nextUpdate a CRL still counts
    public record Watched(List<CrlLocation> locations, Path kept, Duration grace) {
        public Watched {
            locations = List.copyOf(locations);
        }
    }

    /// Reads everything a first time; URLs are all asked at once.
    ///
    /// @param authorities whose CRLs are believed
    /// @throws CrlUnavailableException if a URL gives none, and none of it is kept from before
    /// @throws IOException if a file cannot be read or holds no CRL, or what is kept is damaged
    public static RevocationWatch open(Watched watched, Authorities authorities, Clock clock)
            throws IOException, InterruptedException {
        RevocationWatch watch = new RevocationWatch(watched, new CrlStock(authorities), clock);
        try {
            watch.begin();
            return watch;
        } catch (IOException | InterruptedException | RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    private void begin() throws IOException, InterruptedException {
        if (watched.locations().isEmpty()) {
            return;
        }
        KeptCrls.Opened before = KeptCrls.open(watched.kept());
        stock.take("kept", before.crls());
        for (CrlLocation location : watched.locations()) {
            CrlSource source = switch (location) {
                case CrlLocation.InFile(Path path) -> new CrlFile(path);
                case CrlLocation.AtUrl(var uri) -> new CrlUrl(http, uri);
            };
            followers.add(new CrlFollower(source, stock, before.kept(), bell::ring));
        }
        FirstLooks.all(followers);
        bell.await(Duration.ZERO); // the first looks rang, when there was nobody to judge
        outdated = outdated();
    }

    /// By what people are judged now.
    public Grounds grounds() {
        return stock.grounds();
    }

    /// How certificates are to be judged now.
    public Revocation revocation() {
        return watched.locations().isEmpty()
                ? new Revocation.NotChecked()
                : new Revocation.Required(stock.grounds().forJudging(), watched.grace());
    }

    /// Believes these authorities from now on, and has everybody judged anew.
    public void believe(Authorities authorities) {
        stock.believe(authorities);
        bell.ring();
    }

    /// Somebody was let in: whoever vouches for them is known from now on.
    public void meet(ValidatedPath path) {
        if (stock.meet(path)) {
            bell.ring();
        }
    }

    /// Begins to watch.
    ///
    /// @param changed called on a thread of the watch's own when people have to be judged anew, with the time of
    ///     [System#nanoTime] since when; what it waits for, the revoked stay
    public void watch(LongConsumer changed) {
        for (CrlFollower follower : followers) {
            follower.follow(closed);
        }
        judging = Thread.ofPlatform().name("revocation-watch").daemon(true).start(() -> run(changed));
    }

    private void run(LongConsumer changed) {
        try {
            while (closed.getCount() > 0) {
                OptionalLong rung = bell.await(TICK);
                attempt("other CRLs count now, and not everybody was judged by them", () -> judge(rung, changed));
                attempt("no warning of CRLs that nobody renews", this::lookAtAges);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAtAges() {
        Instant now = clock.instant();
        ages.look(stock.grounds().needed(now), now);
    }

    private void judge(OptionalLong rung, LongConsumer changed) {
        Set<Crl> before = outdated;
        outdated = outdated();
        boolean ranOut = !before.containsAll(outdated);
        if (ranOut) {
            stock.ranOut();
        }
        if (rung.isPresent() || ranOut) {
            changed.accept(rung.orElseGet(System::nanoTime));
        }
    }

    /// A thread that ended here would let in everybody who is revoked from then on, and nobody would notice.
    @SuppressWarnings("CatchingUnchecked")
    private static void attempt(String otherwise, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error(otherwise, e);
        }
    }

    /// The lists that have ceased to count, as the clock has it, which may have been put forward or back.
    private Set<Crl> outdated() {
        Instant now = clock.instant();
        return stock.grounds().forJudging().crls().stream()
                .filter(crl -> now.isAfter(crl.nextUpdate().plus(watched.grace())))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Watches no more.
    @Override
    public void close() {
        closed.countDown();
        http.shutdownNow();
        try {
            for (CrlFollower follower : followers) {
                follower.awaitEnd();
            }
            Thread last = judging;
            if (last != null) {
                last.join(ENDING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
