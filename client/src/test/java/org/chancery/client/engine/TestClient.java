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
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;

/// One person with an engine and a store on disk, and everything the engine has said.
final class TestClient implements AutoCloseable {
    private static final ReconnectPolicy QUICK = new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(50));
    private static final long PATIENCE_SECONDS = 20;

    final Engine engine;
    private final MessageStore store;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private TestClient(Engine engine, MessageStore store) {
        this.engine = engine;
        this.store = store;
    }

    static TestClient start(TestPki pki, Identity identity, RelayAddress relay, Path directory) throws Exception {
        SecureRandom random = new SecureRandom();
        MessageStore store = MessageStore.open(
                new StoreLocation(directory.resolve(identity.deviceId().hex().substring(0, 8) + ".p12")),
                Passphrase.none(),
                random);
        EngineConfig config =
                new EngineConfig(identity.address(), identity, pki.trustAnchors(), relay, QUICK, Duration.ZERO);
        Engine engine = new Engine(config, store, pki.clock(), random);
        TestClient client = new TestClient(engine, store);
        engine.subscribe(client.events::add);
        engine.start();
        return client;
    }

    TestClient online() throws InterruptedException {
        await(Event.ConnectionChanged.class, changed -> changed.state() instanceof ConnectionState.Online);
        return this;
    }

    void say(String to, String text) {
        engine.submit(new Command.SendText(new Address(to), text));
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

    List<Message> history(String with) {
        return engine.messages(new Address(with), 100);
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
