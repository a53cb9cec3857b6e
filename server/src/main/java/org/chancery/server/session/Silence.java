package org.chancery.server.session;

import java.time.Duration;
import java.util.Optional;
import org.chancery.protocol.channel.Channel;
import org.chancery.server.config.SessionBounds;

/// How long a client has said nothing. A frame need not be whole: who has a slow line is heard while it sends. Thread
/// safe.
final class Silence {

    private final Channel channel;
    private final SessionBounds bounds;
    private final long openedNanos = System.nanoTime();
    private volatile long attendedNanos = openedNanos;
    private volatile boolean introduced;

    Silence(Channel channel, SessionBounds bounds) {
        this.channel = channel;
        this.bounds = bounds;
    }

    /// It is we who do not listen at the moment.
    void excuse() {
        attendedNanos = System.nanoTime();
    }

    /// Hello has come.
    void introduced() {
        introduced = true;
    }

    /// How long the client has been here.
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedNanos);
    }

    private Duration lasting() {
        long now = System.nanoTime();
        return Duration.ofNanos(Math.min(now - channel.heardNanos(), now - attendedNanos));
    }

    /// Whether it is time to ask whether the client is there.
    boolean wantsPing() {
        return lasting().compareTo(bounds.pingAfter()) > 0;
    }

    /// Why the client has to go, if it has been silent for too long.
    Optional<Departure> tooLong() {
        if (!introduced && age().compareTo(bounds.helloTimeout()) > 0) {
            return Optional.of(new Departure(SessionEnd.IDLE, "no Hello for " + age().toSeconds() + " s"));
        }
        Duration silence = lasting();
        return silence.compareTo(bounds.idleTimeout()) > 0
                ? Optional.of(new Departure(SessionEnd.IDLE, "nothing heard for " + silence.toSeconds() + " s"))
                : Optional.empty();
    }
}
