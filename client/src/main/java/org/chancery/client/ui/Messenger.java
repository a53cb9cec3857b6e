package org.chancery.client.ui;

import java.util.List;
import java.util.function.Consumer;
import org.chancery.client.engine.Command;
import org.chancery.client.engine.Contact;
import org.chancery.client.engine.Event;
import org.chancery.client.engine.Message;
import org.chancery.client.engine.SelfView;
import org.chancery.pki.name.Address;

/// What the window needs of the engine. Two exist: the engine itself, and the staged one that shows the window in
/// tests and pictures without a relay.
interface Messenger {
    /// Hands `command` over and returns at once; what comes of it arrives as events.
    void submit(Command command);

    /// Events go to `listener` on a thread of the messenger's own.
    void subscribe(Consumer<Event> listener);

    /// May read the store: not for the event thread.
    List<Contact> contacts();

    /// The newest `limit` messages, oldest first. Reads the store: not for the event thread.
    List<Message> messages(Address with, int limit);

    SelfView self();
}
