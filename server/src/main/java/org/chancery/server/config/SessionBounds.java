package org.chancery.server.config;

import java.time.Duration;
import org.chancery.protocol.frame.FrameLimits;

/// Bounds on a session.
///
/// @param perDevice connections of one device that are open at once: a newer one ends the older, which takes its time
/// @param helloTimeout from the end of the handshake to the client's first frame
/// @param maxFrameBytes the longest frame that a client may send, in octets; it is sent any that clients read
/// @param pingAfter silence after which the client is asked whether it is there
/// @param idleTimeout silence after which the session ends
/// @param deliveryWindow letters under way unacknowledged
/// @param queuedFrames answers and signals that wait for a client that does not read; beyond, its session ends
/// @param drainTimeout how long sessions have to end when the relay stops
/// @param comeBackIn what clients are told then
public record SessionBounds(
        int perDevice,
        Duration helloTimeout,
        int maxFrameBytes,
        Duration pingAfter,
        Duration idleTimeout,
        int deliveryWindow,
        int queuedFrames,
        Duration drainTimeout,
        Duration comeBackIn) {

    /// Pings keep translators of addresses (NAT, 60 s at the shortest) awake.
    public static final SessionBounds DEFAULT = new SessionBounds(
            4,
            Duration.ofSeconds(10),
            FrameLimits.HIGHEST,
            Duration.ofSeconds(30),
            Duration.ofSeconds(75),
            256,
            1024,
            Duration.ofSeconds(5),
            Duration.ofSeconds(2));

    /// @throws IllegalArgumentException naming the value out of range
    public SessionBounds {
        Range.check("max-connections-per-device", perDevice, 1, 1_000);
        Range.check("hello-timeout", helloTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        Range.check("max-frame-bytes", maxFrameBytes, 16 << 10, FrameLimits.HIGHEST);
        Range.check("ping-after", pingAfter, Duration.ofMillis(100), Duration.ofHours(1));
        Range.check("idle-timeout", idleTimeout, pingAfter.plusMillis(1), Duration.ofHours(24));
        Range.check("delivery-window", deliveryWindow, 1, 65_536);
        Range.check("queued-frames", queuedFrames, 16, 65_536);
        Range.check("drain-timeout", drainTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        Range.check("come-back-in", comeBackIn, Duration.ZERO, Duration.ofHours(1));
    }
}
