package org.chancery.client.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.SelfView;
import org.chancery.client.engine.Engine;
import org.chancery.client.store.Party;
import org.chancery.pki.name.Address;

/// A messenger without a relay: it knows what a [Scene] tells it, keeps the commands it is given, and says what a test
/// makes it say.
final class StagedMessenger implements Messenger {
    private final SelfView self;
    private final Map<Address, Contact> contacts = new LinkedHashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();

    private boolean broken;

    StagedMessenger(SelfView self) {
        this.self = self;
    }

    /// Adds somebody, and what was said with them.
    synchronized StagedMessenger with(Contact contact, List<Message> said) {
        Optional<Message> last = said.isEmpty() ? Optional.empty() : Optional.of(said.getLast());
        contacts.put(
                contact.address(),
                new Contact(
                        contact.address(),
                        contact.displayName(),
                        contact.online(),
                        contact.trust(),
                        contact.devices(),
                        last,
                        contact.unread()));
        messages.addAll(said);
        return this;
    }

    /// Tells the window something, as the engine would.
    void say(Event event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    /// The next command that was given and not looked at yet, waited for a few seconds.
    Optional<Command> nextCommand() throws InterruptedException {
        return Optional.ofNullable(commands.poll(5, TimeUnit.SECONDS));
    }

    /// All commands not looked at yet.
    List<Command> commands() {
        List<Command> given = new ArrayList<>();
        commands.drainTo(given);
        return given;
    }

    @Override
    public void submit(Command command) {
        commands.add(command);
    }

    @Override
    public synchronized Engine.Subscription subscribe(Consumer<Event> listener) {
        listeners.add(listener);
        listener.accept(new Event.ConnectionChanged(Scene.ONLINE));
        listener.accept(new Event.ContactsChanged(List.copyOf(contacts.values())));
        return () -> listeners.remove(listener);
    }

    /// From now on nothing can be read.
    synchronized void breakStore() {
        broken = true;
    }

    @Override
    public synchronized List<Message> messages(Party party, int limit) {
        if (broken) {
            throw new UncheckedIOException(new IOException("staged"));
        }
        List<Message> of = messages.stream()
                .filter(message -> message.party().equals(party))
                .toList();
        return of.subList(Math.max(0, of.size() - limit), of.size());
    }

    @Override
    public SelfView self() {
        return self;
    }
}
