package org.chancery.client.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.connection.Loss;
import org.chancery.client.transfer.TransferNews;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.Welcome;

/// What comes to the engine's thread.
sealed interface Input {
    record Asked(Command command) implements Input {}

    record Subscribed(Consumer<Event> listener) implements Input {}

    record Connecting() implements Input {}

    record Online(ValidatedPath relay, Welcome welcome) implements Input {}

    record Received(Frame frame) implements Input {}

    record Transferred(TransferNews news) implements Input {}

    /// Of the relay's CRLs.
    record Lists(Optional<byte[]> crlDer, boolean complete) implements Input {}

    record Offline(Loss.Broken loss, Duration retryIn) implements Input {}

    record Ended(Loss.Final loss) implements Input {}

    /// A pair for an envelope key.
    record KeyMade(int number, SigningKey pair) implements Input {}

    record Stop() implements Input {}
}
