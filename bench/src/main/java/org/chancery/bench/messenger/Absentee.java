package org.chancery.bench.messenger;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.chancery.bench.relay.ProcessFigures;
import org.chancery.client.chat.Event;
import org.chancery.pki.envelope.ConversationId;

/// A process of its own: the messengers of some who were away, one after the other. Each comes back, and says
/// how long it took until it was told of every letter and until the relay knew that it has them. The first
/// one's process has just started; for those after it the JVM has compiled what it runs, as it has for a
/// messenger that stays open.
public final class Absentee {
    private static final double MILLIS = 1e6;

    private Absentee() {}

    /// `PORT DATABASE CONVERSATION LETTERS KEYSTORE...`: of the relay, and the conversation in hexadecimal.
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        ConversationId conversation = new ConversationId(arguments[2]);
        int letters = Integer.parseInt(arguments[3]);
        try (RelayLog log = RelayLog.open(Path.of(arguments[1]))) {
            for (String keystore : List.of(arguments).subList(4, arguments.length)) {
                try (Messenger messenger = Messenger.open(Path.of(keystore), port)) {
                    catchUp(messenger, log, conversation, letters);
                }
            }
        }
    }

    private static void catchUp(Messenger messenger, RelayLog log, ConversationId conversation, int letters)
            throws Exception {
        long last = log.last(conversation);
        double cpuBefore = ProcessFigures.self().cpuSeconds();
        long begun = System.nanoTime();
        messenger.start();
        long first = 0;
        for (int count = 0; count < letters; ) {
            Event.MessageStored stored = messenger.await(Event.MessageStored.class, _ -> true);
            switch (stored.message().state()) {
                case RECEIVED -> {
                    count++;
                    first = first == 0 ? System.nanoTime() : first;
                }
                case NOTE -> {}
                case FAILED, QUEUED, PUBLISHED ->
                    throw new IllegalStateException(stored.message().failure().orElse("not received"));
            }
        }
        long told = System.nanoTime();
        while (log.acknowledged(messenger.device(), conversation) < last) {
            TimeUnit.MILLISECONDS.sleep(1); // a database tells nobody
        }
        System.out.printf(
                Locale.ROOT,
                "%.0f %.0f %.0f %.2f%n",
                (first - begun) / MILLIS,
                (told - begun) / MILLIS,
                (System.nanoTime() - begun) / MILLIS,
                ProcessFigures.self().cpuSeconds() - cpuBefore);
    }
}
