package org.chancery.client.connection;

import java.time.Duration;
import java.util.Optional;

/// How a connection to the relay ended, or why none came about.
public sealed interface Loss {
    /// Worth another attempt: nobody answered, the network broke, the relay stops for a moment.
    ///
    /// @param reason a clause for people
    /// @param comeBackIn how long the relay asks to stay away
    record Broken(String reason, Optional<Duration> comeBackIn) implements Loss {
        Broken(String reason) {
            this(reason, Optional.empty());
        }
    }

    /// Over for good, as far as this client can tell.
    ///
    /// @param detail a clause for people
    record Final(EndReason reason, String detail) implements Loss {}
}
