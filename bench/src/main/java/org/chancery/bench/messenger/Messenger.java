package org.chancery.bench.messenger;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.RoomView;
import org.chancery.client.connection.RelayAddress;
import org.chancery.client.engine.Engine;
import org.chancery.client.engine.EngineConfig;
import org.chancery.client.keys.KeyDirectory;
import org.chancery.client.store.KeyRecord;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.protocol.membership.MembershipEntry.Act;

/// A messenger as it is: engine, store and envelope keys beside a keystore. Everything it tells waits here to be looked
/// at.
final class Messenger implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final long LOOK_MILLIS = 5;

    private final Engine engine;
    private final MessageStore store;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private Messenger(Engine engine, MessageStore store) {
        this.engine = engine;
        this.store = store;
        engine.subscribe(events::add);
    }

    /// Opens everything; nothing happens before [#start].
    static Messenger open(Path keystore, int port) throws IOException, KeyStoreFileException, MalformedNameException {
        SecureRandom random = new SecureRandom();
        StoreLocation location = new StoreLocation(keystore);
        try (Passphrase none = Passphrase.none()) {
            KeyStoreFile file = KeyStoreFile.open(keystore, none);
            EngineConfig config = EngineConfig.of(file.identity(), file.anchors(), new RelayAddress("127.0.0.1", port));
            MessageStore store = MessageStore.open(location, none, random);
            return new Messenger(
                    new Engine(config, store, KeyDirectory.open(location.envelopeKeys()), Clock.systemUTC(), random),
                    store);
        }
    }

    void start() {
        engine.start();
    }

    Address address() {
        return engine.self().address();
    }

    DeviceId device() {
        return engine.self().device();
    }

    void submit(Command command) {
        engine.submit(command);
    }

    /// Waits until others can write to this one. Nothing is told of it, so this looks again every few milliseconds.
    void awaitReceiving() throws IOException, InterruptedException {
        for (long left = TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS); ; left -= LOOK_MILLIS) {
            if (store.envelopeKeys().all().stream().anyMatch(KeyRecord::accepted)) {
                return;
            }
            if (left <= 0) {
                throw new IOException(address() + " has no envelope key at the relay");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /// Makes a room.
    ConversationId room(String title) throws IOException, InterruptedException {
        Command.CreateRoom create = new Command.CreateRoom(title);
        engine.submit(create);
        Event.RoomActed acted = await(Event.RoomActed.class, it -> it.act().equals(create));
        return acted.room().orElseThrow(() -> new IOException("no room: " + acted.failure()));
    }

    /// Changes a room.
    void change(ConversationId room, Act act) throws IOException, InterruptedException {
        Command.ChangeRoom change = new Command.ChangeRoom(room, act);
        engine.submit(change);
        Event.RoomActed acted = await(Event.RoomActed.class, it -> it.act().equals(change));
        if (acted.failure().isPresent()) {
            throw new IOException(acted.failure().get());
        }
    }

    /// Waits until the room is as wanted.
    void awaitRoom(ConversationId room, Predicate<RoomView> wanted) throws IOException, InterruptedException {
        while (engine.rooms().stream().noneMatch(view -> view.id().equals(room) && wanted.test(view))) {
            await(Event.RoomsChanged.class, _ -> true);
        }
    }

    /// The next event of a kind.
    <E extends Event> E await(Class<E> kind, Predicate<E> wanted) throws IOException, InterruptedException {
        while (true) {
            Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new IOException("what was awaited did not happen: " + kind.getSimpleName());
            }
            if (event instanceof Event.Problem problem) {
                System.err.println(address() + ": " + problem.sentence());
            }
            if (kind.isInstance(event) && wanted.test(kind.cast(event))) {
                return kind.cast(event);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (store) {
            engine.close();
        }
    }
}
