package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.chancery.client.connection.ReconnectPolicy;
import org.chancery.client.connection.RelayAddress;
import org.chancery.client.keys.KeyDirectory;
import org.chancery.client.store.KeyRecord;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.membership.MembershipEntry.Act;

/// One person with an engine and a store on disk, and everything the engine has said.
final class TestClient implements AutoCloseable {
    private static final ReconnectPolicy QUICK = new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(50));
    private static final long PATIENCE_SECONDS = 20;

    final Engine engine;
    final MessageStore store;
    final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private TestClient(Engine engine, MessageStore store) {
        this.engine = engine;
        this.store = store;
    }

    static TestClient start(TestPki pki, Identity identity, RelayAddress relay, Path directory) throws Exception {
        return start(pki, identity, relay, directory, EngineConfig.DEFAULT_EPOCH_LETTERS);
    }

    static TestClient start(TestPki pki, Identity identity, RelayAddress relay, Path directory, int epochLetters)
            throws Exception {
        return start(
                pki,
                identity,
                relay,
                location(identity, directory),
                MessageStore.open(location(identity, directory), Passphrase.none(), new SecureRandom()),
                epochLetters);
    }

    /// Where the store of a device lies.
    static StoreLocation location(Identity identity, Path directory) {
        return new StoreLocation(directory.resolve(identity.deviceId().hex().substring(0, 8) + ".p12"));
    }

    /// With a store that somebody else has opened.
    static TestClient start(
            TestPki pki,
            Identity identity,
            RelayAddress relay,
            StoreLocation location,
            MessageStore store,
            int epochLetters)
            throws Exception {
        EngineConfig config = new EngineConfig(
                identity.address(), identity, pki.trustAnchors(), relay, QUICK, Duration.ZERO, epochLetters, true);
        KeyDirectory keys = KeyDirectory.open(location.envelopeKeys());
        Engine engine = new Engine(
                config,
                store,
                keys,
                pki.clock(),
                new SecureRandom(),
                number -> TestRelay.pair(identity.deviceId(), number));
        TestClient client = new TestClient(engine, store);
        engine.subscribe(client.events::add);
        engine.start();
        return client;
    }

    /// Connected, and with a key that others can seal to.
    TestClient online() throws InterruptedException {
        await(Event.ConnectionChanged.class, changed -> changed.state() instanceof ConnectionState.Online);
        for (int i = 0; i < 4_000 && !receives(); i++) {
            Thread.sleep(5); // nothing is told of it
        }
        return this;
    }

    private boolean receives() {
        try {
            return store.envelopeKeys().all().stream().anyMatch(KeyRecord::accepted);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    void say(String to, String text) {
        engine.submit(new Command.SendText(engine.person(new Address(to)), text));
    }

    void say(ConversationId room, String text) {
        engine.submit(new Command.SendText(Party.room(room), text));
    }

    /// Makes a room, and waits until it is there.
    ConversationId createRoom(String title) throws InterruptedException {
        Command.CreateRoom create = new Command.CreateRoom(title);
        engine.submit(create);
        return await(Event.RoomActed.class, acted -> acted.act().equals(create))
                .room()
                .orElseThrow();
    }

    /// Changes a room, and waits until that is done.
    void change(ConversationId room, Act act) throws InterruptedException {
        submit(room, act);
        Event.RoomActed acted = await(Event.RoomActed.class, it -> it.act().equals(new Command.ChangeRoom(room, act)));
        assertThat(acted.failure()).isEmpty();
    }

    void submit(ConversationId room, Act act) {
        engine.submit(new Command.ChangeRoom(room, act));
    }

    /// The room as soon as it is as wanted, now or later.
    RoomView awaitRoom(ConversationId room, Predicate<RoomView> wanted) throws InterruptedException {
        while (true) {
            for (RoomView view : engine.rooms()) {
                if (view.id().equals(room) && wanted.test(view)) {
                    return view;
                }
            }
            await(Event.RoomsChanged.class, _ -> true);
        }
    }

    /// The next message of this text in this state, whatever else is told before.
    Message awaitMessage(String text, MessageState state) throws InterruptedException {
        return awaitMessage(message -> message.text().equals(text) && message.state() == state);
    }

    Message awaitFailure() throws InterruptedException {
        return awaitMessage(message -> message.state() == MessageState.FAILED);
    }

    private Message awaitMessage(Predicate<Message> wanted) throws InterruptedException {
        while (true) {
            Event event = next();
            if (event instanceof Event.MessageStored(Message message) && wanted.test(message)) {
                return message;
            }
            if (event instanceof Event.MessageChanged(Message message) && wanted.test(message)) {
                return message;
            }
        }
    }

    <E extends Event> E await(Class<E> type, Predicate<E> wanted) throws InterruptedException {
        while (true) {
            Event event = next();
            if (type.isInstance(event) && wanted.test(type.cast(event))) {
                return type.cast(event);
            }
        }
    }

    private Event next() throws InterruptedException {
        Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(event).as("what was awaited did not happen").isNotNull();
        return event;
    }

    /// Waits until all these have been said, by whomever, in whatever order.
    void awaitAll(String with, String... texts) throws InterruptedException {
        while (!texts(with).containsAll(List.of(texts))) {
            next();
        }
    }

    List<Message> history(String with) {
        return engine.messages(engine.person(new Address(with)), 100);
    }

    List<String> texts(String with) {
        return history(with).stream().map(Message::text).toList();
    }

    MessageStore store() {
        return store;
    }

    @Override
    public void close() throws IOException {
        try (store) {
            engine.close();
        }
    }
}
