package org.chancery.server.metrics;

/// Why a connection that was accepted did not become a session.
public enum ConnectionRefusal {
    /// There are as many as there may be.
    TOTAL_LIMIT,
    /// Its source has as many as one may have.
    SOURCE_LIMIT,
    /// Too many handshakes have failed from its source.
    SOURCE_FAILURES,
    /// The handshake failed; `chancery_handshakes_failed_total` says how.
    HANDSHAKE,
    /// Its handshake was given up for a newer one: too many are under way.
    GIVEN_UP,
    /// The socket failed before TLS began.
    LOST,
    /// Our fault; the log has a stack trace.
    FAILURE
}
