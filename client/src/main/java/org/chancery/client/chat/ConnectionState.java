package org.chancery.client.chat;

import java.time.Instant;
import java.util.Optional;
import org.chancery.client.connection.EndReason;

/// Where the connection to the relay stands.
public sealed interface ConnectionState {
    /// Not connected. With `retryAt` the engine tries again then by itself.
    record Offline(String reason, Optional<Instant> retryAt) implements ConnectionState {}

    /// A connection to `relay` (`host:port`) is being made.
    record Connecting(String relay) implements ConnectionState {}

    /// Connected and let in since `since`.
    record Online(String relay, Instant since) implements ConnectionState {}

    /// Over for good: another attempt would end the same way, so none is made unless [Command.RetryNow] asks.
    record Ended(EndReason reason, String sentence) implements ConnectionState {}
}
