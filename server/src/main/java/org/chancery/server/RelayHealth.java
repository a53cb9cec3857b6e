package org.chancery.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.server.config.ServerConfig;
import org.chancery.server.metrics.Health;
import org.chancery.server.metrics.Metrics;

/// Whether this relay can keep what it is given, and whether it lets in everybody whom it should. Thread safe.
final class RelayHealth implements Health {

    /// A disk that is merely slow has answered by then; whoever asks is answered before the monitor gives up.
    private static final Duration HANGING = Duration.ofSeconds(4);

    private final ServerConfig config;
    private final Path probe;
    private final Supplier<CrlSet> crls;
    private final Metrics metrics;
    private final Clock clock;

    /// One probe at a time: the file has one name.
    private final ReentrantLock probing = new ReentrantLock();

    private volatile boolean draining;

    /// @param crls those that are needed now
    RelayHealth(ServerConfig config, DataDirectory data, Supplier<CrlSet> crls, Metrics metrics, Clock clock) {
        this.config = config;
        this.probe = data.path().resolve("health.probe");
        this.crls = crls;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Nobody is let in from now on.
    void draining() {
        draining = true;
    }

    /// The log's last commit has to have come to its end, and the directory has to take a file. A failed write of
    /// the log itself needs no question: it ends the process.
    @Override
    public Optional<String> ill() {
        Duration running = metrics.commits().running();
        if (running.compareTo(HANGING) > 0) {
            return Optional.of("a commit has not come back from the disk for " + running.toSeconds() + " s");
        }
        if (!mayProbe()) {
            return Optional.of("the data directory does not answer");
        }
        try {
            AtomicFile.write(probe, new byte[] {'\n'}, Access.PRIVATE, true);
            Files.delete(probe);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the data directory cannot be written: " + e.getMessage());
        } finally {
            probing.unlock();
        }
    }

    private boolean mayProbe() {
        try {
            return probing.tryLock(HANGING.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Optional<String> notReady() {
        if (draining) {
            return Optional.of("draining: the relay stops");
        }
        Instant now = clock.instant();
        CrlSet needed = crls.get();
        if (!config.crls().isEmpty() && needed.crls().isEmpty()) {
            return Optional.of("every authority has ended, is revoked or has no CRL: nobody is let in");
        }
        for (Crl crl : needed.crls()) {
            if (now.isAfter(crl.nextUpdate().plus(config.revocationGrace()))) {
                String whose = crl.issuer().getName();
                return Optional.of("the CRL of " + whose + " is out of date since " + crl.nextUpdate() + ": whoever "
                        + whose + " certified is not let in");
            }
        }
        return Optional.empty();
    }
}
