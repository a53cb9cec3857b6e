package org.chancery.client.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.chancery.client.store.Continuation;
import org.chancery.client.store.Missing;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.name.DeviceId;

/// What a restored store asks others for: what has come since the backup and cannot be read, what has not come, and
/// what this device said itself.
final class Unread {
    /// Lines of a conversation that are looked at for what is missing.
    private static final int MAX_LINES = 10_000;

    private record Chain(DeviceId device, ChainId chain) {}

    private final Desk desk;
    private final Asking asking;

    Unread(Desk desk, Asking asking) {
        this.desk = desk;
        this.asking = asking;
    }

    void askFor(Continuation restored) throws StoreException {
        Party party = restored.party();
        Map<Chain, NavigableSet<Long>> wanted = new LinkedHashMap<>();
        desk.store().history().look(restored.conversation(), restored.lines(), MAX_LINES, line -> {
            Optional<Missing> missing = desk.store().missing().find(line.id());
            if (missing.isPresent()) {
                Chain chain = new Chain(missing.get().device(), missing.get().chain());
                NavigableSet<Long> numbers = wanted.computeIfAbsent(chain, _ -> new TreeSet<>());
                missing.get().numbers(MAX_LINES - numbers.size()).forEach(numbers::add);
            }
        });
        if (restored.counter() > 0) {
            asking.askOn(party, restored.device(), restored.chain(), restored.counter() + 1);
        }
        for (Map.Entry<Chain, NavigableSet<Long>> entry : wanted.entrySet()) {
            asking.ask(party, entry.getKey().device(), entry.getKey().chain(), entry.getValue());
        }
    }
}
