package org.chancery.server.metrics;

import java.util.Optional;

/// Whether a relay does what it is for. Asked on the monitor's threads; must answer soon.
public interface Health {

    /// Why the process is of no use and had better be started anew, on one line; empty if it is fine.
    Optional<String> ill();

    /// Why nobody should be sent here now, on one line; empty if everybody is welcome.
    Optional<String> notReady();
}
