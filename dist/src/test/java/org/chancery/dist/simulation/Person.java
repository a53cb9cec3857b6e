package org.chancery.dist.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.RoomView;
import org.chancery.client.connection.Loss;
import org.chancery.client.connection.RelayAddress;
import org.chancery.client.connection.Wire;
import org.chancery.client.engine.EngineByHand;
import org.chancery.client.engine.EngineConfig;
import org.chancery.client.keys.KeyDirectory;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolException;
import org.chancery.protocol.revocation.CrlAssembly;
import org.jspecify.annotations.Nullable;

/// One device of somebody: a store on disk, and most of the time a process and a connection. What is on the way in
/// either direction waits until the simulation lets it arrive.
final class Person implements Wire {
    private static final Duration NEVER = Duration.ofDays(1000);

    private final Identity identity;
    private final World world;
    private final Path directory;
    private final SeededRandom random;
    private final List<Event> told = new ArrayList<>();
    private final List<Event> news = new ArrayList<>();
    private final Map<ConversationId, RoomView> rooms = new LinkedHashMap<>();
    private final Deque<Frame> toRelay = new ArrayDeque<>();
    private final Deque<Frame> toClient = new ArrayDeque<>();
    private @Nullable MessageStore store;
    private @Nullable EngineByHand engine;
    private @Nullable SessionByHand session;
    private @Nullable CrlAssembly lists;
    private boolean wants; // a connection
    private boolean cut; // which the engine has not heard of
    private int crashAtSend = -1;

    /// Who stands between the relay and this device may do as they like with what passes.
    private Function<Frame, List<Frame>> inward = List::of;

    private Function<Frame, List<Frame>> outward = List::of;

    Person(Identity identity, World world, Path directory, long seed) {
        this.identity = identity;
        this.world = world;
        this.directory = directory;
        this.random = new SeededRandom(seed);
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

    /// What happens to frames on their way to this device.
    void inward(Function<Frame, List<Frame>> by) {
        inward = by;
    }

    /// What happens to frames on their way to the relay.
    void outward(Function<Frame, List<Frame>> by) {
        outward = by;
    }

    boolean runs() {
        return engine != null;
    }

    boolean isConnected() {
        return session != null;
    }

    boolean wantsConnection() {
        return runs() && wants && session == null;
    }

    boolean hasForRelay() {
        return !toRelay.isEmpty();
    }

    boolean hasForClient() {
        return !toClient.isEmpty() || cut;
    }

    /// Whether the relay has answered that something is durable, and this device has not heard of it.
    boolean hasBeenTaken() {
        return toClient.stream()
                .anyMatch(frame -> frame instanceof Frame.Published || frame instanceof Frame.MembershipAccepted);
    }

    /// Starts the process on what its disk holds.
    void boot() throws IOException {
        note(() -> "starts");
        rooms.clear();
        Files.createDirectories(directory);
        random.before(() -> {});
        StoreLocation location = new StoreLocation(directory.resolve("keys.p12"));
        store = MessageStore.open(location, Passphrase.none(), random);
        KeyDirectory keys = KeyDirectory.open(location.envelopeKeys());
        EngineByHand.Surroundings around = new EngineByHand.Surroundings(
                world.clock(),
                world.clock()::nanos,
                random,
                number -> world.keys().envelope(identity.deviceId() + " " + number));
        engine = new EngineByHand(config(), store, keys, around, this, world.cryptography());
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
        crashAtSend = -1;
        Objects.requireNonNull(store).close();
        store = null;
        wants = false;
        cut = false;
        disconnected();
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

    /// Crashes instead of saying the nth thing from now on.
    void crashAtSend(int nth) {
        crashAtSend = nth;
    }

    void spare() {
        random.before(() -> {});
        crashAtSend = -1;
    }

    void ask(Command command) throws IOException {
        note(() -> "is asked for " + command);
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
        session = world.relay()
                .admit(identity, hello, frame -> inward.apply(frame).forEach(toClient::add));
    }

    /// The network breaks: what was on the way is lost.
    void breakConnection() {
        if (session != null) {
            note(() -> "loses the connection");
            disconnected();
            cut = true;
        }
    }

    private void note(Supplier<String> what) {
        world.note(() -> address() + " " + what.get());
    }

    private void disconnected() {
        if (session != null) {
            world.relay().leave(identity.deviceId());
        }
        session = null;
        toRelay.clear();
        toClient.clear();
    }

    /// Something more that the relay says, of whatever kind.
    void hear(Frame frame) {
        toClient.add(frame);
    }

    /// The oldest thing on the way to the relay arrives.
    void arriveAtRelay() throws IOException, InterruptedException {
        Frame frame = toRelay.removeFirst();
        note(() -> "-> " + frame);
        for (Frame passed : outward.apply(frame)) {
            submit(passed);
        }
    }

    /// Says something to the relay that this program would not say.
    void submit(Frame frame) throws IOException, InterruptedException {
        Objects.requireNonNull(session).handle(frame);
    }

    /// The oldest thing on the way to the client arrives; where it is a letter, together with so many more that follow.
    void arriveAtClient(int more) throws Exception {
        if (cut) {
            cut = false;
            note(() -> "hears that the connection is lost");
            doing(EngineByHand::offline);
            return;
        }
        Frame frame = toClient.removeFirst();
        note(() -> "<- " + frame);
        CrlAssembly assembly = Objects.requireNonNull(lists);
        switch (frame) {
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
            default -> {
                List<Frame> together = new ArrayList<>(List.of(frame));
                while (EngineByHand.isDelivery(frame)
                        && together.size() <= more
                        && !toClient.isEmpty()
                        && EngineByHand.isDelivery(toClient.getFirst())) {
                    Frame next = toClient.removeFirst();
                    note(() -> "<- with it " + next);
                    together.add(next);
                }
                doing(running -> {
                    if (EngineByHand.isDelivery(frame)) {
                        running.delivered(together);
                    } else {
                        running.received(frame);
                    }
                });
            }
        }
    }

    private static Optional<byte[]> part(CrlAssembly assembly, Frame.CrlPart part) throws ProtocolException {
        return assembly.part(part);
    }

    @Override
    public void start() {
        wants = true;
    }

    @Override
    public void send(Frame frame) {
        if (crashAtSend >= 0 && crashAtSend-- == 0) {
            throw new Crash();
        }
        if (session != null) {
            toRelay.add(frame);
        }
    }

    @Override
    public void reset() {
        breakConnection();
    }

    @Override
    public void refuse(Loss.Final why) {
        throw new IllegalStateException("the relay of a simulation is refused: " + why.detail());
    }

    @Override
    public void retryNow() {}

    @Override
    public void close() {
        wants = false;
    }
}
