package org.chancery.dist.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.RoomView;
import org.chancery.client.connection.RelayAddress;
import org.chancery.client.engine.EngineByHand;
import org.chancery.client.engine.EngineConfig;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolException;
import org.chancery.protocol.revocation.CrlAssembly;
import org.jspecify.annotations.Nullable;

/// One device of somebody: a store on a disk, and most of the time a process and a link to the relay.
final class Person {
    private static final Duration NEVER = Duration.ofDays(1000);

    private final Identity identity;
    private final World world;
    private final SeededRandom random;
    private final Disk disk;
    private final Link link;
    private final List<Event> told = new ArrayList<>();
    private final List<Event> news = new ArrayList<>();
    private final Map<ConversationId, RoomView> rooms = new LinkedHashMap<>();
    private @Nullable MessageStore store;
    private @Nullable EngineByHand engine;
    private @Nullable CrlAssembly lists;

    Person(Identity identity, World world, Path directory, long seed) {
        this.identity = identity;
        this.world = world;
        this.random = new SeededRandom(seed);
        this.disk = new Disk(identity, address(), world, directory, new SeededRandom(~seed));
        this.link = new Link(identity, world.relay(), this::note);
    }

    Identity identity() {
        return identity;
    }

    private EngineConfig config() {
        try {
            return EngineConfig.of(identity, world.pki().trustAnchors(), new RelayAddress("127.0.0.1", 1));
        } catch (MalformedNameException e) {
            throw new IllegalStateException("people of a simulation have addresses", e);
        }
    }

    Address address() {
        try {
            return identity.address();
        } catch (MalformedNameException e) {
            throw new IllegalStateException("people of a simulation have addresses", e);
        }
    }

    /// All that its processes ever told, but for what they tell of the state of things.
    List<Event> told() {
        return told;
    }

    /// What was told since this was asked last.
    List<Event> news() {
        List<Event> some = List.copyOf(news);
        news.clear();
        return some;
    }

    /// The rooms that its process has told of last.
    List<RoomView> rooms() {
        return List.copyOf(rooms.values());
    }

    private void tell(Event event) {
        news.add(event);
        if (event instanceof Event.Problem problem) {
            note(() -> "is told: " + problem.sentence());
            told.add(event);
        } else if (event instanceof Event.RoomsChanged(List<RoomView> views)) {
            rooms.clear();
            views.forEach(view -> rooms.put(view.id(), view));
        }
    }

    /// A conversation as its person sees it.
    List<Message> messages(Party party) throws StoreException {
        return Objects.requireNonNull(engine).messages(party);
    }

    MessageStore store() {
        return Objects.requireNonNull(store);
    }

    boolean runs() {
        return engine != null;
    }

    Disk disk() {
        return disk;
    }

    Link link() {
        return link;
    }

    boolean wantsConnection() {
        return runs() && link.wantsConnection();
    }

    /// Starts the process on what its disk holds.
    void boot() throws IOException {
        note(() -> "starts");
        rooms.clear();
        random.before(() -> {});
        store = disk.open(random);
        EngineByHand.Surroundings around =
                new EngineByHand.Surroundings(world.clock(), world.clock()::nanos, random, disk::pair);
        engine = new EngineByHand(config(), store, disk.keys(), around, link, world.cryptography());
        engine.subscribe(this::tell);
        doing(EngineByHand::begin);
    }

    /// Something happens to the process; where it crashes at it, it is gone.
    private interface Act {
        void on(EngineByHand engine) throws StoreException;
    }

    private void doing(Act act) throws IOException {
        EngineByHand running = engine;
        if (running == null) {
            return;
        }
        try {
            act.on(running);
        } catch (Crash crash) {
            note(() -> "crashes in the midst of it");
            gone();
        }
    }

    /// The process is gone, and with it what was in its memory and on the way.
    void gone() throws IOException {
        if (engine == null) {
            return;
        }
        note(() -> "ends");
        engine = null;
        random.before(() -> {});
        Objects.requireNonNull(store).close();
        store = null;
        link.gone();
    }

    /// Crashes at the nth record that is written from now on, in the midst of a transaction.
    void crashAtWrite(int nth) {
        int[] left = {nth};
        random.before(() -> {
            if (--left[0] < 0) {
                throw new Crash();
            }
        });
    }

    void spare() {
        random.before(() -> {});
        link.crashAtSend(-1);
    }

    void ask(Command command) throws IOException {
        note(() -> "is asked for " + command);
        if (command instanceof Command.SendText say) {
            world.said(say.text(), address());
        }
        doing(running -> running.ask(command));
    }

    void timePassed() throws IOException {
        doing(EngineByHand::runDue);
    }

    Duration untilDue() {
        return engine == null ? NEVER : engine.untilDue(NEVER);
    }

    void connect() throws Exception {
        EngineByHand running = Objects.requireNonNull(engine);
        Frame.Hello hello = running.hello();
        note(() -> "connects");
        lists = new CrlAssembly(hello.crls());
        link.connect(hello);
    }

    /// Makes a backup of its store, beside a process that may run.
    void backUp() throws IOException {
        note(() -> "makes a backup");
        disk.backUp();
    }

    /// Loses its store and its keys; the next process starts on the backup.
    void restore() throws IOException {
        gone();
        note(() -> "loses its store, and puts the backup back");
        disk.restore();
    }

    private void note(Supplier<String> what) {
        world.note(() -> address() + " " + what.get());
    }

    /// The oldest thing on the way to the client arrives; where it is a letter, together with so many more that follow.
    void arriveAtClient(int more) throws Exception {
        if (link.takeCut()) {
            note(() -> "hears that the connection is lost");
            doing(EngineByHand::offline);
            return;
        }
        List<Frame> frames = link.arriving(more);
        CrlAssembly assembly = Objects.requireNonNull(lists);
        switch (frames.getFirst()) {
            case Frame.Welcome welcome ->
                doing(running -> running.online(world.relay().path(), welcome));
            case Frame.CrlsAnnounced announced -> {
                assembly.announced(announced);
                doing(running -> running.lists(Optional.empty(), assembly.isComplete()));
            }
            case Frame.CrlPart part -> {
                Optional<byte[]> whole = part(assembly, part);
                if (whole.isPresent()) {
                    doing(running -> running.lists(whole, assembly.isComplete()));
                }
            }
            case Frame frame ->
                doing(running -> {
                    if (EngineByHand.isDelivery(frame)) {
                        running.delivered(frames);
                    } else {
                        running.received(frame);
                    }
                });
        }
    }

    private static Optional<byte[]> part(CrlAssembly assembly, Frame.CrlPart part) throws ProtocolException {
        return assembly.part(part);
    }
}
