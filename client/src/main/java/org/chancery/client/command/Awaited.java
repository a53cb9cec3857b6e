package org.chancery.client.command;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.Event;
import org.chancery.client.connection.RelayAddress;
import org.chancery.client.engine.Engine;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;

/// What a command waits for the engine to tell, for as long as a person would.
final class Awaited implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
    private final Engine.Subscription subscription;
    private final RelayAddress server;

    Awaited(ClientSession session) {
        this.server = session.server();
        this.subscription = session.engine().subscribe(heard::add);
    }

    /// The first thing told from here on that is wanted.
    ///
    /// @throws CommandException UNREACHABLE where the connection is over for good, or nothing of the kind
    /// comes in time
    <T> T next(Function<Event, Optional<T>> wanted) throws CommandException, InterruptedException {
        long untilNanos = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Event event = heard.poll(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            switch (event) {
                case null ->
                    throw new CommandException(
                            ExitCode.UNREACHABLE,
                            "the relay has not answered within " + PATIENCE.toSeconds() + " s",
                            "is it running on " + server + "?");
                case Event.ConnectionChanged(ConnectionState.Ended(var _, String sentence)) ->
                    throw new CommandException(ExitCode.UNREACHABLE, sentence, "");
                default -> {
                    Optional<T> found = wanted.apply(event);
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
