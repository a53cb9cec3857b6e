package org.chancery.client.engine;

import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.RoomView;
import org.chancery.client.chat.SelfView;
import org.chancery.client.connection.Loss;
import org.chancery.client.connection.RelayConnection;
import org.chancery.client.keys.DeviceKeys;
import org.chancery.client.keys.KeyShelf;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyPairs;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.Welcome;
import org.jspecify.annotations.Nullable;

/// The messenger: [Command]s in, [Event]s out.
///
/// Everything happens on one thread of its own, one input after the other: commands, frames, connections that come
/// and go. So events have one order, and what an event tells of is in the store already. The engine lives until it is
/// closed or its store fails: nothing may be shown or acknowledged that is not on the disk.
public final class Engine implements AutoCloseable {
    /// One who listens. Closing it twice does nothing.
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /// Frames that may wait for the engine; beyond them the relay has to.
    private static final int MAX_WAITING_FRAMES = 256;

    /// Lines among which the last messages of others are looked for.
    private static final int MAX_LOOKED_AT = 10_000;

    /// How long the thread sleeps at most where nothing is scheduled.
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final MessageStore store;
    private final SelfView self;
    private final Audience audience = new Audience();
    private final Schedule schedule = new Schedule(System::nanoTime);
    private final LinkedBlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MAX_WAITING_FRAMES);
    private final Thread thread = Thread.ofPlatform().name("engine").unstarted(this::run);
    private final Messages messages;
    private final Conduct conduct;

    /// @param store closed by who opened it, after the engine
    /// @param keys where this device's envelope keys lie
    /// @throws StoreException where one of them cannot be read
    public Engine(EngineConfig config, MessageStore store, KeyShelf keys, Clock clock, SecureRandom random)
            throws StoreException {
        this(config, store, keys, clock, random, _ -> KeyPairs.generate(KeyAlgorithm.RSA_3072, random));
    }

    /// @param pairs makes the pair for an envelope key of this number, on a thread of its own
    Engine(
            EngineConfig config,
            MessageStore store,
            KeyShelf keys,
            Clock clock,
            SecureRandom random,
            IntFunction<SigningKey> pairs)
            throws StoreException {
        this.store = store;
        this.self = OwnView.of(config, clock.instant());
        Desk desk = new Desk(config.self(), config.identity(), store, clock, random, new Problems(audience));
        this.conduct = new Conduct(
                config,
                desk,
                audience,
                schedule,
                outworld(config, DeviceKeys.open(keys, store, random), random, pairs),
                new Ears(),
                news -> inputs.add(new Input.Transferred(news)));
        this.messages = conduct.messages();
    }

    private Outworld outworld(
            EngineConfig config, DeviceKeys keys, SecureRandom random, IntFunction<SigningKey> pairs) {
        return new Outworld(
                (dial, ears) -> new RelayConnection(dial, config.reconnect(), random, ears),
                new CmsSealing(config.identity(), keys, random),
                keys,
                number -> Thread.ofPlatform()
                        .daemon() // nobody waits for it who ends the program
                        .name("envelope key " + number)
                        .start(() -> inputs.add(new Input.KeyMade(number, pairs.apply(number)))));
    }

    /// Begins to work, and to connect.
    public void start() {
        thread.start();
    }

    /// Asks for something. Never blocks.
    public void submit(Command command) {
        inputs.add(new Input.Asked(command));
    }

    /// Tells `listener` of everything from now on, on the engine's thread; first of how the connection stands and who
    /// the contacts are.
    public Subscription subscribe(Consumer<Event> listener) {
        inputs.add(new Input.Subscribed(listener));
        return () -> audience.remove(listener);
    }

    /// The contacts as they are now. For any thread.
    public List<Contact> contacts() {
        return conduct.contacts();
    }

    /// The rooms as they are now. For any thread.
    public List<RoomView> rooms() {
        return conduct.rooms();
    }

    /// The conversation with one other person, or with oneself.
    public Party person(Address other) {
        return Party.person(self.address(), other);
    }

    /// The newest `limit` messages of a conversation, oldest first. For any thread; waits for a commit at most.
    ///
    /// @throws UncheckedIOException where the store cannot be read
    public List<Message> messages(Party party, int limit) {
        try {
            List<Message> shown = new ArrayList<>();
            boolean hidden = party.person().map(conduct.blocked()::contains).orElse(false);
            for (StoredLine stored : store.history().newest(party.conversation(), 0, limit)) {
                if (!hidden || stored.line().mine()) {
                    shown.add(messages.of(stored));
                }
            }
            return shown;
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Hands over the last `count` messages of others in a conversation, oldest first, one after the other: however
    /// long they are, few are in memory at a time. For any thread; others are let in between.
    ///
    /// @throws UncheckedIOException where the store cannot be read
    public void last(Party party, int count, Consumer<Message> reader) {
        if (party.person().map(conduct.blocked()::contains).orElse(false)) {
            return;
        }
        try {
            Deque<Long> ids = new ArrayDeque<>();
            store.history().look(party.conversation(), 0, MAX_LOOKED_AT, stored -> {
                if (ids.size() < count && Messages.isFromOthers(stored.line())) {
                    ids.addFirst(stored.id());
                }
            });
            for (long id : ids) {
                Optional<StoredLine> stored = store.history().find(id);
                if (stored.isPresent()) {
                    reader.accept(messages.of(stored.get()));
                }
            }
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What people have said in these words, newest first. For any thread; others are let in between.
    ///
    /// @throws UncheckedIOException where the store cannot be read
    public List<Message> find(Search search) {
        try {
            return search.find(store.history(), messages, conduct.blocked());
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether a conversation has a message with this id that others know, too. For any thread.
    ///
    /// @throws UncheckedIOException where the store cannot be read
    public boolean isAnswerable(Party party, long message) {
        try {
            return store.history()
                    .find(message)
                    .filter(found -> found.line().party().equals(party) && Remarks.isKnown(found))
                    .isPresent();
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whom one has blocked. For any thread.
    public Set<Address> blocked() {
        return conduct.blocked();
    }

    /// Words written in a conversation and not sent yet, on this device or, later, another. For any thread.
    ///
    /// @throws UncheckedIOException where the store cannot be read
    public String draft(Party party) {
        try {
            return store.drafts().of(party.conversation());
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Who this is.
    public SelfView self() {
        return self;
    }

    private void run() {
        try {
            conduct.begin();
            while (true) {
                long wait = schedule.untilNext(IDLE).toMillis();
                Input input = inputs.poll(wait, TimeUnit.MILLISECONDS);
                if (input instanceof Input.Stop) {
                    return;
                }
                if (input != null) {
                    take(input);
                }
                schedule.runDue();
                if (inputs.isEmpty()) {
                    conduct.rest();
                }
            }
        } catch (StoreException e) {
            conduct.storeFailed(e);
        } catch (RuntimeException | Error e) {
            // Ends the thread, as a failed store does, and not in silence: people would wait for what never comes.
            conduct.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // asked to stop at once
        }
    }

    private void take(Input input) throws StoreException {
        Optional<Arrival> first = arrival(input);
        if (first.isPresent()) {
            takeDeliveries(first.get());
            return;
        }
        conduct.take(input);
        if (input instanceof Input.Received || input instanceof Input.Lists) {
            room.release();
        }
    }

    /// Takes a letter together with those that wait behind it already.
    private void takeDeliveries(Arrival first) throws StoreException {
        List<Arrival> arrivals = new ArrayList<>(List.of(first));
        Optional<Arrival> next = arrival(inputs.peek());
        while (next.isPresent() && arrivals.size() < Incoming.MOST_TOGETHER) {
            inputs.remove(); // nobody else takes any out
            arrivals.add(next.get());
            next = arrival(inputs.peek());
        }
        conduct.takeDeliveries(arrivals);
        room.release(arrivals.size());
    }

    private static Optional<Arrival> arrival(@Nullable Input input) {
        return input instanceof Input.Received(Frame frame) ? Arrival.of(frame) : Optional.empty();
    }

    /// Finishes what was asked for before, lets the last acknowledgements leave, and ends; at once when interrupted.
    /// Not for the engine's own thread.
    @Override
    public void close() {
        inputs.add(new Input.Stop());
        if (thread.getState() != Thread.State.NEW) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                thread.interrupt();
                Thread.currentThread().interrupt();
            }
        }
        conduct.end();
    }

    /// What the connection's thread hears, carried over to the engine's.
    private final class Ears implements RelayConnection.Listener {
        @Override
        public void connecting() {
            inputs.add(new Input.Connecting());
        }

        @Override
        public void online(ValidatedPath relay, Welcome welcome) {
            inputs.add(new Input.Online(relay, welcome));
        }

        @Override
        public void received(Frame frame) {
            addInTurn(new Input.Received(frame));
        }

        @Override
        public void lists(Optional<byte[]> crlDer, boolean complete) {
            addInTurn(new Input.Lists(crlDer, complete));
        }

        private void addInTurn(Input input) {
            try {
                room.acquire();
                inputs.add(input);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the connection is being closed
            }
        }

        @Override
        public void offline(Loss.Broken loss, Duration wait) {
            inputs.add(new Input.Offline(loss, wait));
        }

        @Override
        public void ended(Loss.Final loss) {
            inputs.add(new Input.Ended(loss));
        }
    }
}
