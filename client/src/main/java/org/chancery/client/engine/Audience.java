package org.chancery.client.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.chancery.client.chat.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Those who are told. Events leave on the engine's thread only; while letters share a commit they wait, and are told
/// once that is on the disk, or never.
final class Audience {
    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
    private final List<Event> held = new ArrayList<>();
    private boolean holding;

    void add(Consumer<Event> listener) {
        listeners.add(listener);
    }

    void remove(Consumer<Event> listener) {
        listeners.remove(listener);
    }

    void tell(Event event) {
        if (holding) {
            held.add(event);
        } else {
            listeners.forEach(listener -> tell(listener, event));
        }
    }

    void hold() {
        holding = true;
    }

    /// Tells what waits.
    void release() {
        holding = false;
        List<Event> events = List.copyOf(held);
        held.clear();
        events.forEach(this::tell);
    }

    /// What waits did not happen.
    void discard() {
        holding = false;
        held.clear();
    }

    /// A listener that fails is a bug of the window's or the terminal's; it must not end the engine, and with it what
    /// the other listeners see.
    @SuppressWarnings("CatchingUnchecked")
    void tell(Consumer<Event> listener, Event event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            LOG.error("a listener failed on {}", event.getClass().getSimpleName(), e);
        }
    }
}
