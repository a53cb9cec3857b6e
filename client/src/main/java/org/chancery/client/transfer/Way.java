package org.chancery.client.transfer;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.chancery.protocol.frame.Frame;

/// The ways out of a transfer.
///
/// @param relay takes frames; without a connection it drops them
/// @param news told what becomes of transfers
/// @param ids numbers for requests, no two alike
/// @param later does something after a while
/// @param patience how long the relay may be silent before it is asked again
/// @param closing whether what fails now fails because the process ends
record Way(
        Consumer<Frame> relay,
        Consumer<TransferNews> news,
        LongSupplier ids,
        Later later,
        Duration patience,
        BooleanSupplier closing,
        SecureRandom random) {
    /// Before what the relay would not do for the moment is asked again, where it does not say how long that is.
    static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    interface Later {
        void after(Duration delay, Runnable step);
    }

    /// Whatever the relay says: not at once, and not never.
    static Duration bounded(Duration wait) {
        return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
