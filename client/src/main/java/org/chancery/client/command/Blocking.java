package org.chancery.client.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.engine.Engine;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.pki.name.Address;

/// What `block` and `unblock` do.
final class Blocking {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Blocking() {}

    /// Somebody is not heard from now on, or is again; one's other devices hear of it with the next connection.
    static int set(ClientCommand client, Address address, boolean blocked) throws Exception {
        return ClientSession.use(client, session -> {
            set(session.engine(), address, blocked);
            client.surroundings().out().println(address + (blocked ? " is not heard any more" : " is heard again"));
            return ExitCode.DONE.code();
        });
    }

    private static void set(Engine engine, Address address, boolean blocked)
            throws CommandException, InterruptedException {
        if (address.equals(engine.self().address())) {
            throw new CommandException(ExitCode.USAGE, address + " is your own address", "");
        }
        CountDownLatch done = new CountDownLatch(1);
        try (Engine.Subscription _ = engine.subscribe(event -> {
            if (event instanceof Event.BlockingChanged(Address changed, boolean _) && changed.equals(address)) {
                done.countDown();
            }
        })) {
            engine.submit(new Command.Block(address, blocked));
            if (!done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CommandException(ExitCode.INTERNAL, "the messenger has not answered", "");
            }
        }
    }
}
