package org.chancery.server.config;

import java.time.Duration;

/// Bounds on connections, authenticated or not.
///
/// @param total at any time; who comes later is closed at once
/// @param perSource at any time from one IP address; who comes later is closed at once
/// @param handshakes under way at any time; for who comes later the oldest of the busiest source is given up
/// @param handshakeTimeout from accept to the end of the TLS handshake
/// @param failedHandshakes from one IP address; while there are more, who comes from it is closed at once
public record ConnectionBounds(
        int total, int perSource, int handshakes, Duration handshakeTimeout, Rate failedHandshakes) {

    /// A session costs some 20 KB of heap; behind one address may be a school. An honest handshake takes some
    /// milliseconds and two round trips, so few are under way even when everybody comes at once.
    public static final ConnectionBounds DEFAULT =
            new ConnectionBounds(10_000, 1_000, 512, Duration.ofSeconds(10), new Rate(5, 50));

    /// @throws IllegalArgumentException naming the value out of range
    public ConnectionBounds {
        Range.check("max-connections", total, 1, 1_000_000);
        Range.check("max-connections-per-source", perSource, 1, 1_000_000);
        Range.check("max-handshakes", handshakes, 1, 1_000_000);
        Range.check("handshake-timeout", handshakeTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        Range.check("failed-handshake-rate a second", failedHandshakes.perSecond(), 1, 1e9);
        Range.check("failed-handshake-rate at once", failedHandshakes.burst(), 1, 1e9);
    }
}
