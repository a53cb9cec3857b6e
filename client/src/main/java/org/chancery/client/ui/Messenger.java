package org.chancery.client.ui;

import java.util.List;
import java.util.function.Consumer;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.SelfView;
import org.chancery.client.engine.Engine;
import org.chancery.client.store.Party;

/// What the window needs of the engine. Two exist: the engine itself, and the staged one that shows the window in
/// tests and pictures without a relay.
interface Messenger {
    /// Hands `command` over and returns at once; what comes of it arrives as events.
    void submit(Command command);

    /// Events go to `listener` on a thread of the messenger's own: first how the connection stands and who the contacts
    /// are, then what happens, until the subscription is closed.
    Engine.Subscription subscribe(Consumer<Event> listener);

    /// The newest `limit` messages, oldest first. Reads the store: not for the event thread.
    ///
    /// @throws java.io.UncheckedIOException where the store cannot be read
    List<Message> messages(Party party, int limit);

    SelfView self();
}
