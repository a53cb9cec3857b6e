package org.chancery.client.engine;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.connection.Loss;
import org.chancery.client.connection.RelayConnection;
import org.chancery.client.connection.Wire;
import org.chancery.client.keys.DeviceKeys;
import org.chancery.client.keys.KeyShelf;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.protocol.frame.Frame;

/// The messenger without its thread and its socket: whoever holds it says what happens, one thing after the other.
/// The parts of an [Engine] decide here too. Unlike there, work is done at rest behind every input, files are not
/// transferred, and what people who are blocked have said is shown.
public final class EngineByHand {
    private final Schedule schedule;
    private final IntFunction<SigningKey> pairs;
    private final Conduct conduct;
    private final MessageStore store;
    private final AtomicReference<RelayConnection.Dial> dial = new AtomicReference<>();

    /// What letters are sealed with.
    public enum Cryptography {
        /// As in the field.
        REAL,
        /// Keyed hashes, for many steps.
        HASHED
    }

    /// What a process takes from its machine.
    ///
    /// @param pairs makes the pair that envelopes with a number are received with
    public record Surroundings(Clock clock, LongSupplier nanos, SecureRandom random, IntFunction<SigningKey> pairs) {}

    public EngineByHand(
            EngineConfig config,
            MessageStore store,
            KeyShelf shelf,
            Surroundings around,
            Wire wire,
            Cryptography cryptography)
            throws StoreException {
        SecureRandom random = around.random();
        this.schedule = new Schedule(around.nanos());
        this.pairs = around.pairs();
        this.store = store;
        DeviceKeys keys = DeviceKeys.open(shelf, store, random);
        Sealing sealing = cryptography == Cryptography.REAL
                ? new CmsSealing(config.identity(), keys, random)
                : new HashedSealing(config.identity(), keys, random);
        Audience audience = new Audience();
        Desk desk = new Desk(config.self(), config.identity(), store, around.clock(), random, new Problems(audience));
        Outworld outworld = new Outworld(
                (called, _) -> {
                    dial.set(called);
                    return wire;
                },
                sealing,
                keys,
                this::made);
        this.conduct = new Conduct(config, desk, audience, schedule, outworld, new Deaf(), _ -> {});
    }

    /// Pairs are made at once, and taken in their turn.
    private void made(int number) {
        schedule.after(Duration.ZERO, () -> conduct.take(new Input.KeyMade(number, pairs.apply(number))));
    }

    /// A conversation as it is shown, its newest hundred lines.
    public List<Message> messages(Party party) throws StoreException {
        List<Message> shown = new ArrayList<>();
        for (StoredLine line : store.history().newest(party.conversation(), 0, 100)) {
            shown.add(conduct.messages().of(line));
        }
        return shown;
    }

    public void begin() throws StoreException {
        conduct.begin();
        runDue();
    }

    public void subscribe(Consumer<Event> listener) throws StoreException {
        conduct.take(new Input.Subscribed(listener));
    }

    public void ask(Command command) throws StoreException {
        take(new Input.Asked(command));
    }

    /// What is said first on the next connection.
    public Frame.Hello hello() {
        return dial.get().hello().get();
    }

    public void online(ValidatedPath relay, Frame.Welcome welcome) throws StoreException {
        take(new Input.Online(relay, welcome));
    }

    public void received(Frame frame) throws StoreException {
        take(new Input.Received(frame));
    }

    /// Letters and entries that came one behind the other.
    public void delivered(List<Frame> frames) throws StoreException {
        conduct.takeDeliveries(
                frames.stream().flatMap(frame -> Arrival.of(frame).stream()).toList());
        runDue();
    }

    /// Whether a frame is a letter or an entry, of which several may be taken together.
    public static boolean isDelivery(Frame frame) {
        return Arrival.of(frame).isPresent();
    }

    public void lists(Optional<byte[]> crlDer, boolean complete) throws StoreException {
        take(new Input.Lists(crlDer, complete));
    }

    public void offline() throws StoreException {
        take(new Input.Offline(new Loss.Broken("said the simulation", Optional.empty()), Duration.ofSeconds(1)));
    }

    /// How long nothing is due, at most `most`.
    public Duration untilDue(Duration most) {
        return schedule.untilNext(most);
    }

    public void runDue() throws StoreException {
        schedule.runDue();
        conduct.rest();
    }

    private void take(Input input) throws StoreException {
        conduct.take(input);
        runDue();
    }

    /// Nothing is heard but what is said by hand.
    private static final class Deaf implements RelayConnection.Listener {
        @Override
        public void connecting() {}

        @Override
        public void online(ValidatedPath relay, Frame.Welcome welcome) {}

        @Override
        public void received(Frame frame) {}

        @Override
        public void lists(Optional<byte[]> crlDer, boolean complete) {}

        @Override
        public void offline(Loss.Broken loss, Duration wait) {}

        @Override
        public void ended(Loss.Final loss) {}
    }
}
