package org.chancery.bench.messenger;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.chancery.bench.relay.ProcessFigures;
import org.chancery.client.engine.Event;
import org.chancery.client.engine.MessageState;
import org.chancery.pki.envelope.ConversationId;

/// A process of its own: the messenger of one who was away, which comes back, and says how long it took until it was
/// told of every letter and until the relay knew that it has them.
public final class Absentee {
    private static final double MILLIS = 1e6;

    private Absentee() {}

    /// `KEYSTORE PORT DATABASE CONVERSATION LETTERS`: of the relay, and the conversation in hexadecimal.
    public static void main(String[] arguments) throws Exception {
        Path database = Path.of(arguments[2]);
        ConversationId conversation = new ConversationId(arguments[3]);
        int letters = Integer.parseInt(arguments[4]);
        try (Messenger messenger = Messenger.open(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
                RelayLog log = RelayLog.open(database)) {
            long last = log.last(conversation);
            double cpuBefore = ProcessFigures.self().cpuSeconds();
            long begun = System.nanoTime();
            messenger.start();
            long first = 0;
            for (int count = 0; count < letters; ) {
                Event.MessageStored stored = messenger.await(Event.MessageStored.class, _ -> true);
                switch (stored.message().state()) {
                    case RECEIVED -> count++;
                    case NOTE -> {}
                    case FAILED, QUEUED, PUBLISHED ->
                        throw new IllegalStateException(
                                stored.message().failure().orElse("not received"));
                }
                first = first == 0 && stored.message().state() == MessageState.RECEIVED ? System.nanoTime() : first;
            }
            long told = System.nanoTime();
            while (log.acknowledged(messenger.device(), conversation) < last) {
                TimeUnit.MILLISECONDS.sleep(1); // a database tells nobody
            }
            long acknowledged = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "%.0f %.0f %.0f %.2f %.2f%n",
                    (first - begun) / MILLIS,
                    (told - begun) / MILLIS,
                    (acknowledged - begun) / MILLIS,
                    ProcessFigures.self().cpuSeconds() - cpuBefore,
                    ProcessFigures.self().cpuSeconds());
        }
    }
}
