package org.chancery.server.revocation;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.chancery.console.FileTrouble;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at one source of CRLs, a first time and then again and again, on a thread of its own.
final class CrlFollower {

    private static final Logger LOG = LoggerFactory.getLogger(CrlFollower.class);

    /// Between the end of a look that took long and the next one.
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

    /// For a list to reach the disk.
    private static final Duration ENDING = Duration.ofSeconds(2);

    private final CrlSource source;
    private final CrlStock stock;
    private final KeptCrls kept;
    private final LongConsumer news;
    private @Nullable String trouble; // told already, and not over
    private volatile @Nullable Thread thread;

    /// @param news told when another CRL counts, with the time of [System#nanoTime] when it had been read
    CrlFollower(CrlSource source, CrlStock stock, KeptCrls kept, LongConsumer news) {
        this.source = source;
        this.stock = stock;
        this.kept = kept;
        this.news = news;
    }

    /// Looks before anybody is let in. A file has to be there; of a URL something has to be known.
    void first() throws IOException, InterruptedException {
        try {
            take(source.changed().orElse(List.of()));
        } catch (IOException | MalformedPemException | MalformedCrlException e) {
            if (source instanceof CrlFile && e instanceof IOException io) {
                throw io;
            }
            String why = e instanceof IOException ? e.getMessage() : source.name() + " holds no CRL: " + e.getMessage();
            if (source instanceof CrlFile) {
                throw new IOException(why, e);
            }
            if (!kept.has(source)) {
                throw new CrlUnavailableException(String.valueOf(why), e);
            }
            trouble = e.getMessage();
            LOG.warn("{}; the CRL kept from before counts until it does", why);
        }
    }

    /// Begins to look again and again.
    void follow(CountDownLatch closed) {
        thread = Thread.ofPlatform().name("crl " + source.name()).daemon(true).start(() -> run(closed));
    }

    /// Waits until nothing is being kept any longer. Nothing is interrupted: a list that counted must not be lost.
    void awaitEnd() throws InterruptedException {
        Thread running = thread;
        if (running != null) {
            running.join(ENDING);
        }
    }

    private void run(CountDownLatch closed) {
        try {
            Duration pause = source.interval();
            while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                long begunNanos = System.nanoTime();
                look(closed);
                Duration left = source.interval().minusNanos(System.nanoTime() - begunNanos);
                pause = left.compareTo(SHORTEST_PAUSE) > 0 ? left : SHORTEST_PAUSE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whatever goes wrong is told of once, and what was known stays. Nothing ends this thread: nobody would notice
    /// that the revoked are let in.
    @SuppressWarnings("CatchingUnchecked")
    private void look(CountDownLatch closed) throws InterruptedException {
        try {
            Optional<List<Crl>> crls = source.changed();
            if (crls.isPresent()) {
                take(crls.get());
                readAgain();
            }
        } catch (IOException | MalformedPemException | MalformedCrlException e) {
            String what = inWords(e);
            if (closed.getCount() > 0 && isNew(what)) {
                LOG.warn("{} not taken, what was known stays: {}", source.name(), what);
            }
        } catch (RuntimeException e) {
            source.forget();
            if (isNew(e.toString())) {
                LOG.error("{} not taken, what was known stays", source.name(), e);
            }
        }
    }

    private static String inWords(Exception e) {
        return e instanceof IOException io ? FileTrouble.inWords(io) : String.valueOf(e.getMessage());
    }

    private void readAgain() {
        if (trouble != null) {
            LOG.info("{} can be read again", source.name());
            trouble = null;
        }
    }

    private boolean isNew(String what) {
        boolean told = what.equals(trouble);
        trouble = what;
        return !told;
    }

    private void take(List<Crl> crls) {
        long readNanos = System.nanoTime();
        CrlStock.Taken taken = stock.take(source.name(), crls);
        if (!taken.news().isEmpty()) {
            news.accept(readNanos);
        }
        for (Crl crl : taken.news()) {
            LOG.info(
                    "CRL {} of {}: {} entries, next by {}",
                    crl.number(),
                    crl.issuer(),
                    crl.entries().size(),
                    crl.nextUpdate());
            keep(crl);
        }
        if (!crls.isEmpty() && !taken.known()) {
            LOG.warn("{} holds no CRL that a known authority signed", source.name());
        }
    }

    private void keep(Crl crl) {
        try {
            kept.keep(source, crl);
        } catch (IOException e) {
            LOG.error("CRL {} of {} not kept: after a restart an older one may count", crl.number(), crl.issuer(), e);
        }
    }
}
