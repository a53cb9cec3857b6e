package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.DeviceStanding;
import org.chancery.client.chat.DevicesView;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.chat.RoomView;
import org.chancery.client.chat.Verification;
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
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.membership.MembershipEntry.Act;

/// One person with an engine and a store on disk, and everything the engine has said.
final class TestClient implements AutoCloseable {
    private static final ReconnectPolicy QUICK = new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(50));
    private static final long PATIENCE_SECONDS = 20;

    final Address address;
    final Identity identity;
    final Engine engine;
    final MessageStore store;
    final List<Event> told = new CopyOnWriteArrayList<>(); // everything, from the first on
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(); // what no await has passed yet
    private boolean closed;

    private TestClient(Identity identity, Engine engine, MessageStore store) throws MalformedNameException {
        this.address = identity.address();
        this.identity = identity;
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
        TestClient client = new TestClient(identity, engine, store);
        engine.subscribe(event -> {
            client.told.add(event);
            client.events.add(event);
        });
        engine.start();
        return client;
    }

    /// Connected, and with a key that others can seal to.
    TestClient online() throws InterruptedException {
        awaitConnected();
        for (int i = 0; i < 4_000 && !receives(); i++) {
            Thread.sleep(5); // nothing is told of it
        }
        assertThat(receives()).as("the relay has taken a key").isTrue();
        return this;
    }

    /// Without lists it has no key accepted.
    void awaitConnected() throws InterruptedException {
        await(Event.ConnectionChanged.class, changed -> changed.state() instanceof ConnectionState.Online);
    }

    /// Whatever was put to the engine before has been done, and told of.
    void barrier() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        try (var _ = engine.subscribe(_ -> reached.countDown())) {
            assertThat(reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// Whatever the relay has said before has been taken, and what the client does about it by itself, with questions
    /// to the relay, is done.
    void settle() throws InterruptedException {
        for (int i = 1; i <= 5; i++) { // more rounds than any chain of questions has
            String prefix = "x".repeat(i);
            engine.submit(new Command.FindPeople(prefix));
            await(Event.PeopleFound.class, found -> found.prefix().equals(prefix));
        }
        barrier();
    }

    private boolean receives() {
        try {
            return store.envelopeKeys().all().stream().anyMatch(KeyRecord::accepted);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    void submit(Command command) {
        engine.submit(command);
    }

    Party person(Address other) {
        return engine.person(other);
    }

    void say(Address to, String text) {
        submit(new Command.SendText(person(to), text));
    }

    void say(ConversationId room, String text) {
        submit(new Command.SendText(Party.room(room), text));
    }

    /// Says it, and waits until the relay has it.
    Message send(Address to, String text) throws InterruptedException {
        say(to, text);
        return awaitMessage(text, MessageState.PUBLISHED);
    }

    Message send(ConversationId room, String text) throws InterruptedException {
        say(room, text);
        return awaitMessage(text, MessageState.PUBLISHED);
    }

    /// How the own devices stand, as soon as this one stands so.
    DevicesView awaitStanding(DeviceStanding standing) throws InterruptedException {
        return await(Event.OwnDevicesChanged.class, changed -> changed.devices().standing() == standing)
                .devices();
    }

    /// The first own device that asks to join.
    DevicesView.Waiting awaitWaiting() throws InterruptedException {
        return await(
                        Event.OwnDevicesChanged.class,
                        changed -> !changed.devices().waiting().isEmpty())
                .devices()
                .waiting()
                .getFirst();
    }

    /// Does it.
    ///
    /// @return why not
    Optional<String> done(Command.DeviceAct act) throws InterruptedException {
        submit(act);
        return await(Event.DeviceActed.class, acted -> acted.act().equals(act)).failure();
    }

    Optional<String> done(Command.TrustAct act) throws InterruptedException {
        submit(act);
        return await(Event.TrustActed.class, acted -> acted.act().equals(act)).failure();
    }

    Verification verify(Address person) throws InterruptedException {
        submit(new Command.Verify(person));
        return await(
                        Event.Verified.class,
                        verified -> verified.verification().address().equals(person))
                .verification();
    }

    /// Makes a room, and waits until it is there.
    ConversationId createRoom(String title) throws InterruptedException {
        Command.CreateRoom create = new Command.CreateRoom(title);
        submit(create);
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
        submit(new Command.ChangeRoom(room, act));
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

    /// Why the next message that has failed, or is none, has.
    String awaitWhy() throws InterruptedException {
        return awaitFailure().failure().orElseThrow();
    }

    Message awaitFailure() throws InterruptedException {
        return awaitMessage(message -> message.state() == MessageState.FAILED);
    }

    Event.Problem awaitProblem(ProblemKind kind) throws InterruptedException {
        return await(Event.Problem.class, problem -> problem.kind() == kind);
    }

    Message awaitMessage(Predicate<Message> wanted) throws InterruptedException {
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
    void awaitAll(Address with, String... texts) throws InterruptedException {
        while (!texts(with).containsAll(List.of(texts))) {
            next();
        }
    }

    void awaitAll(ConversationId room, String... texts) throws InterruptedException {
        while (!texts(room).containsAll(List.of(texts))) {
            next();
        }
    }

    List<Message> history(Address with) {
        return engine.messages(person(with), 100);
    }

    List<Message> history(ConversationId room) {
        return engine.messages(Party.room(room), 100);
    }

    List<String> texts(Address with) {
        return history(with).stream().map(Message::text).toList();
    }

    List<String> texts(ConversationId room) {
        return history(room).stream().map(Message::text).toList();
    }

    /// Why something of a conversation is not as it should be.
    List<String> failures(Address with) {
        return history(with).stream()
                .flatMap(message -> message.failure().stream())
                .toList();
    }

    List<String> failures(ConversationId room) {
        return history(room).stream()
                .flatMap(message -> message.failure().stream())
                .toList();
    }

    /// Waits until everything of a conversation is as it should be.
    void awaitNoFailure(Address with) throws InterruptedException {
        while (!failures(with).isEmpty()) {
            next();
        }
    }

    void awaitNoFailure(ConversationId room) throws InterruptedException {
        while (!failures(room).isEmpty()) {
            next();
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try (store) {
                engine.close();
            }
        }
    }
}
