package org.chancery.client.ui;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.chancery.client.chat.Event;

/// The one way from the engine's thread to the event thread: whoever is behind it sees events in the engine's order,
/// and the engine never waits for the window.
final class EventBridge implements Consumer<Event> {
    private final Executor eventThread;
    private final Consumer<Event> window;

    /// @param eventThread runs what it is given later and in order, as `EventQueue::invokeLater` does
    EventBridge(Executor eventThread, Consumer<Event> window) {
        this.eventThread = eventThread;
        this.window = window;
    }

    /// Called on the engine's thread.
    @Override
    public void accept(Event event) {
        eventThread.execute(() -> window.accept(event));
    }
}
