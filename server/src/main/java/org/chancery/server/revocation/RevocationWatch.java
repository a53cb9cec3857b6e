package org.chancery.server.revocation;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.MalformedCrlException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches CRL files. A CRL counts if one of the known issuers signed it, and replaces an older one of its issuer
/// only: nothing that is put into the files undoes a revocation.
public final class RevocationWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RevocationWatch.class);

    /// A quarter of the second in which the revoked are gone.
    private static final int INTERVAL_MILLIS = 250;

    private final List<CrlFile> files;
    private final Collection<X509Certificate> issuers;
    private final Duration grace;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<CrlFile, String> told = new HashMap<>(); // the watching thread's
    private volatile CrlSet current = CrlSet.EMPTY;

    private RevocationWatch(List<CrlFile> files, Collection<X509Certificate> issuers, Duration grace, Clock clock) {
        this.files = files;
        this.issuers = List.copyOf(issuers);
        this.grace = grace;
        this.clock = clock;
    }

    /// Reads the files a first time.
    ///
    /// @param issuers whose CRLs are believed
    /// @param grace how long after its nextUpdate a CRL still counts
    /// @throws IOException if a file cannot be read, or holds what no known issuer signed
    public static RevocationWatch open(
            List<Path> files, Collection<X509Certificate> issuers, Duration grace, Clock clock) throws IOException {
        RevocationWatch watch =
                new RevocationWatch(files.stream().map(CrlFile::new).toList(), issuers, grace, clock);
        for (CrlFile file : watch.files) {
            try {
                watch.take(file, file.changed().orElse(List.of()));
            } catch (MalformedPemException | MalformedCrlException e) {
                throw new IOException(file.path() + " holds no CRL: " + e.getMessage(), e);
            }
        }
        return watch;
    }

    /// What is known to be revoked.
    public CrlSet current() {
        return current;
    }

    /// How certificates are to be judged now.
    public Revocation revocation() {
        return files.isEmpty() ? new Revocation.NotChecked() : new Revocation.Required(current, grace);
    }

    /// Begins to watch, on a thread of its own.
    ///
    /// @param changed called there when the CRLs are other ones, and when one has become too old to count
    public void watch(Runnable changed) {
        Thread.ofPlatform().name("revocation-watch").daemon(true).start(() -> run(changed));
    }

    private void run(Runnable changed) {
        Instant outdated = outdated();
        try {
            while (!closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                boolean old = clock.instant().isAfter(outdated);
                if (look() || old) {
                    outdated = outdated();
                    tell(changed);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A thread that ended here would let in everybody who is revoked from then on, and nobody would notice.
    @SuppressWarnings("CatchingUnchecked")
    private static void tell(Runnable changed) {
        try {
            changed.run();
        } catch (RuntimeException e) {
            LOG.error("other CRLs count now, and not everybody was judged by them", e);
        }
    }

    /// When the next CRL ceases to count; never, if there is none or that time has passed.
    private Instant outdated() {
        Instant now = clock.instant();
        return current.crls().stream()
                .map(crl -> crl.nextUpdate().plus(grace))
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /// Reads what has changed; true if another CRL counts now.
    private boolean look() {
        CrlSet before = current;
        for (CrlFile file : files) {
            try {
                Optional<List<Crl>> crls = file.changed();
                if (crls.isPresent()) {
                    take(file, crls.get());
                }
                told.remove(file);
            } catch (IOException | MalformedPemException | MalformedCrlException e) {
                tell(file, e);
            }
        }
        return current != before;
    }

    /// A file that stays away, or bad, is told of once.
    private void tell(CrlFile file, Exception e) {
        String trouble = String.valueOf(e.getMessage());
        if (!trouble.equals(told.put(file, trouble))) {
            LOG.warn("{} not taken, what was known stays: {}", file.path(), trouble);
        }
    }

    private void take(CrlFile file, List<Crl> crls) throws IOException {
        CrlSet believed = CrlSet.verifiedBy(issuers, crls);
        if (believed.crls().isEmpty()) {
            throw new IOException(file.path() + " holds no CRL that a known authority signed");
        }
        for (Crl crl : believed.crls()) {
            if (current.isNews(crl)) {
                LOG.info(
                        "CRL {} of {}: {} entries, next by {}",
                        crl.number(),
                        crl.issuer(),
                        crl.entries().size(),
                        crl.nextUpdate());
                current = current.merge(CrlSet.of(List.of(crl)));
            }
        }
    }

    /// Watches no more.
    @Override
    public void close() {
        closed.countDown();
    }
}
