package org.chancery.client.ui;

import java.util.List;
import java.util.function.Consumer;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.SelfView;
import org.chancery.client.engine.Engine;
import org.chancery.client.store.Party;

/// The engine as the window sees it.
record EngineMessenger(Engine engine) implements Messenger {
    @Override
    public void submit(Command command) {
        engine.submit(command);
    }

    @Override
    public Engine.Subscription subscribe(Consumer<Event> listener) {
        return engine.subscribe(listener);
    }

    @Override
    public List<Message> messages(Party party, int limit) {
        return engine.messages(party, limit);
    }

    @Override
    public SelfView self() {
        return engine.self();
    }
}
