package org.chancery.server.metrics;

/// How long the revoked stay: from the moment a CRL has been read to the closed socket of a session that it ends.
/// Thread safe.
public final class CutOff {

    /// Around the second that is promised.
    static final double[] BOUNDS = {0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5};

    private final Histogram seconds;
    private volatile long sinceNanos = System.nanoTime();

    CutOff(Histogram seconds) {
        this.seconds = seconds;
    }

    /// Sessions end by other CRLs from now on.
    ///
    /// @param readNanos when the first of them had been read, as [System#nanoTime] has it
    public void crlsChanged(long readNanos) {
        sinceNanos = readNanos;
    }

    /// The socket of a revoked device is closed.
    public void revokedGone() {
        seconds.observeNanos(System.nanoTime() - sinceNanos);
    }
}
