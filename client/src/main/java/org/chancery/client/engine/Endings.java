package org.chancery.client.engine;

import java.time.Instant;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.connection.EndReason;
import org.chancery.client.connection.Loss;

/// What is said when a connection is over for good.
final class Endings {
    private Endings() {}

    static ConnectionState.Ended of(Loss.Final loss) {
        return new ConnectionState.Ended(loss.reason(), sentence(loss.reason()) + detail(loss));
    }

    /// One's own certificate is past its notAfter, which needs no relay to say so.
    static ConnectionState.Ended expired(Instant notAfter) {
        return new ConnectionState.Ended(EndReason.EXPIRED, "your certificate ended at " + notAfter);
    }

    private static String sentence(EndReason reason) {
        return switch (reason) {
            case REVOKED -> "your certificate has been revoked";
            case EXPIRED -> "your certificate has expired";
            case REPLACED -> "another program has connected with this keystore";
            case REFUSED -> "the relay refuses your certificate";
            case RELAY_NOT_TRUSTED -> "the relay's certificate is not acceptable, so nothing was said to it";
            case INCOMPATIBLE -> "the relay and this client have no version of the protocol in common";
        };
    }

    private static String detail(Loss.Final loss) {
        return loss.detail().isBlank() ? "" : " (" + loss.detail() + ")";
    }
}
