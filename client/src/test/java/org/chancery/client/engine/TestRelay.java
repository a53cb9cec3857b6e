package org.chancery.client.engine;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.chancery.client.connection.RelayAddress;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlFingerprint;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.HandshakeException;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.frame.AnnouncedCrl;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.ProtocolException;
import org.chancery.protocol.frame.PublishKey;
import org.chancery.protocol.frame.Query;
import org.chancery.protocol.frame.SessionEndCode;
import org.chancery.protocol.frame.TranscriptHash;
import org.chancery.protocol.key.EnvelopeKey;
import org.chancery.protocol.key.EnvelopeKeyException;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipException;

/// A relay in memory, behind real TLS, that does what a relay does and misbehaves on demand.
final class TestRelay implements Closeable {
    /// What lies at a place of a conversation.
    sealed interface Place {
        long sequence();

        Digest transcript();

        Instant acceptedAt();
    }

    record Stored(long sequence, Letter letter, Seal seal, Address from, Instant acceptedAt, Digest transcript)
            implements Place {}

    record Entered(
            long sequence,
            EncodedRecord record,
            DeviceId by,
            Set<Address> readers,
            Instant acceptedAt,
            Digest transcript)
            implements Place {}

    final List<ProtocolError> refusals = new ArrayList<>(); // of the next letters, before they are looked at
    final BlockingQueue<Frame.Acknowledge> acknowledged = new LinkedBlockingQueue<>();
    private final BlockingQueue<DeviceId> ended = new LinkedBlockingQueue<>(); // whose connection, when all was read
    final BlockingQueue<Frame.LapsedSeen> seen = new LinkedBlockingQueue<>();
    final Map<Address, List<EncodedRecord>> chains = new HashMap<>(); // of devices, as they were submitted
    final Map<DeviceId, EncodedRecord> offers = new LinkedHashMap<>();
    final Map<DeviceId, EncodedRecord> lies = new HashMap<>(); // to whom, of their own chain
    final BlockingQueue<Query> queries = new LinkedBlockingQueue<>();
    final BlockingQueue<Address> joined = new LinkedBlockingQueue<>();
    final List<Crl> listed = new ArrayList<>(); // every list sent, as often as it was
    Function<Frame.Deliver, Optional<Frame.Deliver>> distortion = Optional::of;
    Optional<DeviceId> unanswered = Optional.empty(); // whose questions wait until the test runs them
    final BlockingQueue<Runnable> questions = new LinkedBlockingQueue<>();
    Function<List<MembershipPlace>, List<MembershipPlace>> shown = Function.identity(); // of a room's record
    int entriesAtATime = 256; // of a room's record
    String incarnation = "log-1";
    boolean busy; // for the next question about a room's record
    final BlockingQueue<Frame.BeginUpload> uploads = new LinkedBlockingQueue<>();
    Optional<Duration> busyForUploads = Optional.empty(); // before the next is taken

    boolean withholds; // lists: they are announced and do not come
    int sealsUploaded;
    boolean losesAnswers; // appends, and cuts the connection instead of answering

    private final TestPki pki;
    private final ServerSocket listening;
    private final TlsIdentity identity;
    private final ReentrantLock lock = new ReentrantLock(); // everything below and above
    private final Map<DeviceId, DirectoryEntry> directory = new LinkedHashMap<>();
    final Map<DeviceId, EncodedRecord> keys = new HashMap<>(); // the newest of each
    private final Map<ConversationId, List<Place>> log = new HashMap<>();
    private final Map<ConversationId, Set<Address>> rooms = new HashMap<>(); // who belongs to each or is invited
    private final Map<String, Seal> seals = new HashMap<>();
    final List<ProtocolError> roomRefusals = new ArrayList<>(); // of the next entries
    private final Map<DeviceId, Connection> connections = new HashMap<>();
    private final Map<String, Long> cursors = new HashMap<>();
    private final Map<Address, Identity> signers = new HashMap<>();
    private CrlSet crls;

    TestRelay(TestPki pki) throws IOException {
        this(pki, pki.server("127.0.0.1"));
    }

    TestRelay(TestPki pki, Identity relay) throws IOException {
        this.pki = pki;
        this.crls = pki.crls();
        this.identity =
                new TlsIdentity(relay, new PeerJudge(pki.trustAnchors(), Revocation.NotChecked::new, pki.clock()));
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    RelayAddress address() {
        return new RelayAddress("127.0.0.1", listening.getLocalPort());
    }

    void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /// Lists a device as one that has connected before, and has published its first key.
    void list(Identity device) {
        EncodedRecord key = key(device, 1, pki.now());
        locked(() -> {
            keys.put(device.deviceId(), key);
            directory.put(device.deviceId(), entry(device));
        });
    }

    /// Lists a device as one that has connected before, is on its owner's chain, and has published its first key.
    void know(Identity device) {
        know(device, Optional.of(key(device, 1, pki.now())));
    }

    void know(Identity device, Optional<EncodedRecord> key) {
        locked(() -> {
            key.ifPresent(record -> keys.put(device.deviceId(), record));
            directory.put(device.deviceId(), entry(device));
            join(device);
        });
    }

    /// The pair of a device's key: the same whoever asks, so that who is known here can come and read.
    static SigningKey pair(DeviceId device, int number) {
        return TestKeys.envelope(device + " " + number);
    }

    /// What a device publishes.
    EncodedRecord key(Identity device, int number, Instant start) {
        EnvelopeKey said = new EnvelopeKey(
                address(device),
                device.deviceId(),
                number,
                (RSAPublicKey) pair(device.deviceId(), number).publicKey(),
                start);
        return RecordSigner.sign(device, ContentPurpose.ENVELOPE_KEY, said.encode(), pki.now())
                .encoded();
    }

    /// The first of an address begins the chain, and signs for the others.
    private void join(Identity device) {
        Instant earlier = pki.now().minusSeconds(60); // whatever happens now comes after it
        Address address = entry(device).address();
        Identity signer = signers.computeIfAbsent(address, _ -> device);
        List<EncodedRecord> chain = chains.computeIfAbsent(address, _ -> new ArrayList<>());
        Optional<Digest> head =
                chain.isEmpty() ? Optional.empty() : Optional.of(chain.getLast().hash());
        DeviceEntry entry = new DeviceEntry(address, head, new DeviceEntry.Act.Add(device.deviceId()));
        SignedRecord record = RecordSigner.sign(device, ContentPurpose.DEVICE_ENTRY, entry.encode(), earlier);
        chain.add((chain.isEmpty() ? record : RecordSigner.countersign(record, signer, earlier)).encoded());
    }

    private static Address address(Identity device) {
        try {
            return device.address();
        } catch (MalformedNameException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static DirectoryEntry entry(Identity device) {
        return new DirectoryEntry(address(device), Optional.empty(), device.deviceId(), device.chain(), false, false);
    }

    private DirectoryEntry withKey(DirectoryEntry entry) {
        return new DirectoryEntry(
                entry.address(),
                entry.displayName(),
                entry.device(),
                entry.chain(),
                entry.revoked(),
                entry.online(),
                Optional.ofNullable(keys.get(entry.device())));
    }

    /// Holds other CRLs from now on, and tells everybody.
    void publish(CrlSet lists) {
        locked(() -> {
            crls = lists;
            connections.values().forEach(this::handOut);
        });
    }

    List<Stored> letters(ConversationId conversation) {
        lock.lock();
        try {
            return log.getOrDefault(conversation, List.of()).stream()
                    .filter(Stored.class::isInstance)
                    .map(Stored.class::cast)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /// Delivers an entry to everybody, behind the last one, whoever has signed it.
    void slipIn(Identity signer, ConversationId room, MembershipEntry.Act act) {
        locked(() -> {
            List<Place> places = Objects.requireNonNull(log.get(room));
            Place last = places.getLast();
            MembershipEntry entry = new MembershipEntry.Change(room, head(room), act);
            EncodedRecord record = RecordSigner.sign(signer, ContentPurpose.MEMBERSHIP, entry.encode(), pki.now())
                    .encoded();
            long sequence = last.sequence() + 1;
            Frame delivery = new Frame.DeliverMembership(
                    room,
                    TranscriptHash.next(last.transcript(), sequence, record.hash()),
                    new MembershipPlace(sequence, pki.now(), record));
            connections.values().forEach(connection -> connection.say(delivery));
        });
    }

    private Digest head(ConversationId room) {
        return log.getOrDefault(room, List.of()).stream()
                .filter(Entered.class::isInstance)
                .map(place -> ((Entered) place).record().hash())
                .reduce(Digest.NONE, (_, later) -> later);
    }

    int places(ConversationId conversation) {
        lock.lock();
        try {
            return Objects.requireNonNull(log.get(conversation)).size();
        } finally {
            lock.unlock();
        }
    }

    ConversationId onlyRoom() {
        lock.lock();
        try {
            return rooms.keySet().iterator().next();
        } finally {
            lock.unlock();
        }
    }

    /// Is from now on another log, in which a room has so many places: one that was restored from a copy.
    void restore(ConversationId room, int places) {
        locked(() -> {
            incarnation += "'";
            List<Place> all = Objects.requireNonNull(log.get(room));
            all.subList(places, all.size()).clear();
            cursors.clear();
            connections.values().forEach(Connection::cut);
        });
    }

    /// Until a device's connection is over, and everything that it said on it has been taken.
    void awaitEnded(DeviceId device) throws InterruptedException {
        DeviceId next;
        do {
            next = ended.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("the connection goes on");
            }
        } while (!next.equals(device));
    }

    void cutEverybody() {
        locked(() -> connections.values().forEach(Connection::cut));
    }

    void sayGoodbye(SessionEndCode code) {
        locked(() -> connections.values().forEach(connection -> {
            connection.say(new Frame.Goodbye(code, "said the test", Optional.empty()));
            connection.cut();
        }));
    }

    /// Delivers to everybody what was not acknowledged, once more.
    void deliverAgain() {
        locked(() -> {
            cursors.clear();
            connections.values().forEach(this::deliver);
        });
    }

    /// Says anything at all to everybody.
    void say(Frame frame) {
        locked(() -> connections.values().forEach(connection -> connection.say(frame)));
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (Channel channel = Channel.accept(socket, identity, FrameLimits.DEFAULT, Duration.ofSeconds(10))) {
            Connection connection = new Connection(channel, socket);
            channel.reader()
                    .read()
                    .map(Frame.Hello.class::cast)
                    .ifPresent(hello -> connection.had.addAll(hello.crls()));
            locked(() -> welcome(connection));
            for (Optional<Frame> frame = channel.reader().read();
                    frame.isPresent();
                    frame = channel.reader().read()) {
                Frame said = frame.get();
                locked(() -> handle(connection, said));
            }
        } catch (IOException | HandshakeException | ProtocolException e) {
            // the client left, or was not let in: the test looks at the client
        } finally {
            locked(() -> connections.values().removeIf(connection -> {
                boolean ended = connection.socket.equals(socket);
                if (ended) {
                    this.ended.add(connection.device());
                }
                return ended;
            }));
        }
    }

    private void welcome(Connection connection) {
        var peer = connection.channel.peer();
        directory.put(
                peer.device(),
                new DirectoryEntry(
                        peer.address(),
                        Optional.empty(),
                        peer.device(),
                        peer.path().chain(),
                        false,
                        true));
        connections.put(peer.device(), connection);
        connection.say(new Frame.Welcome(incarnation, pki.now(), peer.device(), peer.address(), 1 << 20));
        handOut(connection);
        deliver(connection);
        connection.say(new Frame.CaughtUp());
    }

    /// Announces the lists, and sends those that the client does not have.
    private void handOut(Connection connection) {
        connection.say(new Frame.CrlsAnnounced(
                crls.crls().stream().map(AnnouncedCrl::of).toList()));
        for (Crl crl : withholds ? List.<Crl>of() : crls.crls()) {
            if (connection.had.add(crl.fingerprint())) {
                listed.add(crl);
                parts(crl).forEach(connection::say);
            }
        }
    }

    /// Hands over what was only announced until now.
    void handOutWithheld() {
        locked(() -> {
            withholds = false;
            connections.values().forEach(this::handOut);
        });
    }

    private static List<Frame> parts(Crl crl) {
        List<Frame> parts = new ArrayList<>();
        for (int offset = 0; offset < crl.length(); offset += Frame.CrlPart.MAX_OCTETS) {
            int count = Math.min(Frame.CrlPart.MAX_OCTETS, crl.length() - offset);
            parts.add(new Frame.CrlPart(crl.fingerprint(), offset, crl.part(offset, count)));
        }
        return parts;
    }

    private void handle(Connection connection, Frame frame) {
        if (connection.cut) {
            return; // what was on its way is lost: it may be about a log that is no more
        }
        switch (frame) {
            case Frame.Publish publish -> publish(connection, publish);
            case Frame.Acknowledge acknowledge -> {
                cursors.merge(
                        connection.device() + "/" + acknowledge.conversation(), acknowledge.sequence(), Math::max);
                acknowledged.add(acknowledge);
            }
            case Frame.DirectoryQuery query -> {
                queries.add(query.query());
                Runnable answer = () -> connection.say(new Frame.DirectoryAnswer(
                        query.id(),
                        find(query.query()),
                        chain(connection, query.query()),
                        offers(connection, query.query())));
                if (!query.query()
                                .equals(new Query.ByAddress(
                                        connection.channel.peer().address()))
                        && unanswered.equals(Optional.of(connection.device()))) {
                    questions.add(answer);
                } else {
                    answer.run();
                }
            }
            case Frame.SubmitDevice submitted -> {
                Address address = connection.channel.peer().address();
                List<EncodedRecord> chain = chains.computeIfAbsent(address, _ -> new ArrayList<>());
                chain.add(submitted.record());
                connection.say(new Frame.DeviceAccepted(submitted.id(), chain.size()));
                offers.clear();
                tellDevicesChanged(connection);
                joined.add(address);
            }
            case Frame.SubmitEnvelopeKey submitted -> publish(connection, submitted);
            case Frame.SubmitMembership submitted -> enter(connection, submitted);
            case Frame.MembershipQuery query -> answer(connection, query);
            case Frame.HistoryQuery query -> answer(connection, query);
            case Frame.OfferDevice offer -> {
                offers.put(connection.device(), offer.record());
                connection.say(new Frame.DeviceOffered(offer.id()));
                tellDevicesChanged(connection);
            }
            case Frame.LapsedSeen lapse -> seen.add(lapse);
            case Frame.BeginUpload begin -> begin(connection, begin);
            case Frame.UploadPart part -> {
                FileId file = uploads.stream()
                        .filter(begun -> begun.id() == part.id())
                        .findFirst()
                        .orElseThrow()
                        .file();
                connection.say(new Frame.UploadCommitted(
                        part.id(), file, part.offset() + part.octets().remaining()));
            }
            case Frame.Ping ping -> connection.say(new Frame.Pong(ping.nonce()));
            default -> throw new IllegalStateException("a client does not say " + frame);
        }
    }

    private void begin(Connection connection, Frame.BeginUpload begin) {
        uploads.add(begin);
        if (busyForUploads.isPresent()) {
            connection.say(Frame.Refused.request(begin.id(), ProtocolError.TOO_MANY, "too many requests")
                    .retryAfter(busyForUploads));
            busyForUploads = Optional.empty();
        } else {
            connection.say(new Frame.UploadCommitted(begin.id(), begin.file(), 0));
        }
    }

    private List<EncodedRecord> chain(Connection connection, Query query) {
        EncodedRecord lie = lies.get(connection.device());
        if (lie != null
                && query.equals(new Query.ByAddress(connection.channel.peer().address()))) {
            return List.of(lie);
        }
        return switch (query) {
            case Query.ByAddress(Address address) -> chains.getOrDefault(address, List.of());
            case Query.ByDevice(DeviceId device) ->
                Optional.ofNullable(directory.get(device))
                        .map(entry -> chains.getOrDefault(entry.address(), List.of()))
                        .orElse(List.of());
            case Query.ByPrefix _ -> List.of();
        };
    }

    private List<EncodedRecord> offers(Connection connection, Query query) {
        return query.equals(new Query.ByAddress(connection.channel.peer().address()))
                ? List.copyOf(offers.values())
                : List.of();
    }

    /// To everybody: whether they know each other is not this relay's concern.
    private void tellDevicesChanged(Connection connection) {
        Frame news = new Frame.DevicesChanged(connection.channel.peer().address());
        connections.values().stream().filter(other -> other != connection).forEach(other -> other.say(news));
    }

    private void publish(Connection connection, Frame.SubmitEnvelopeKey submitted) {
        keys.put(connection.device(), submitted.record());
        connection.say(new Frame.EnvelopeKeyAccepted(submitted.id(), number(submitted.record())));
        connection.say(new Frame.CaughtUp());
    }

    private List<DirectoryEntry> find(Query query) {
        return directory.values().stream()
                .filter(entry -> switch (query) {
                    case Query.ByAddress(Address address) -> entry.address().equals(address);
                    case Query.ByDevice(DeviceId device) -> entry.device().equals(device);
                    case Query.ByPrefix(String prefix, int _) ->
                        entry.address().value().startsWith(prefix);
                })
                .map(this::withKey)
                .toList();
    }

    private void publish(Connection connection, Frame.Publish publish) {
        LetterHeader header = publish.letter().header();
        if (!refusals.isEmpty()) {
            refuse(connection, header, refusals.removeFirst());
            return;
        }
        List<Place> places = log.computeIfAbsent(header.conversation(), _ -> new ArrayList<>());
        Optional<Stored> earlier = letters(header.conversation()).stream()
                .filter(stored -> stored.letter().header().chain().equals(header.chain())
                        && stored.letter().header().counter() == header.counter())
                .findFirst();
        Digest hash = publish.letter().hash();
        if (earlier.isPresent()) {
            if (earlier.get().letter().hash().equals(hash)) {
                answer(connection, earlier.get());
            } else {
                refuse(connection, header, ProtocolError.COUNTER_OUT_OF_ORDER);
            }
            return;
        }
        publish.seal().ifPresent(seal -> {
            sealsUploaded++;
            seals.put(Arrays.toString(seal.id()), seal);
        });
        Seal seal = seals.get(Arrays.toString(header.sealId()));
        if (seal == null) {
            refuse(connection, header, ProtocolError.UNKNOWN_SEAL);
            return;
        }
        if (!isNewest(seal) || leavesOut(connection, seal)) {
            refuse(connection, header, ProtocolError.STALE_SEAL);
            return;
        }
        List<EncodedRecord> unknown = entriesBehind(places, seal.membershipHead());
        if (!unknown.isEmpty()) {
            connection.say(Frame.Refused.letter(key(header), ProtocolError.STALE_SEAL, "said the test")
                    .showing(unknown));
            return;
        }
        long sequence = places.size() + 1L;
        Digest before = places.isEmpty() ? Digest.NONE : places.getLast().transcript();
        Stored stored = new Stored(
                sequence,
                publish.letter(),
                seal,
                connection.channel.peer().address(),
                pki.now(),
                TranscriptHash.next(before, sequence, hash));
        places.add(stored);
        if (losesAnswers) {
            losesAnswers = false;
            connection.cut();
        } else {
            answer(connection, stored);
        }
        connections.values().stream().filter(other -> other != connection).forEach(this::deliver);
    }

    /// Whether a device on the chain of somebody who belongs there cannot read it, though it could receive. As a relay,
    /// without the sender's own: that has no need to.
    private boolean leavesOut(Connection connection, Seal seal) {
        Set<DeviceId> required = new HashSet<>();
        for (Address member : members(seal)) {
            required.addAll(TestChains.devices(chain(connection, new Query.ByAddress(member))));
        }
        required.removeIf(device -> device.equals(connection.device()) || !receives(device));
        return !seal.wraps().stream().map(Wrap::device).toList().containsAll(required);
    }

    private Set<Address> members(Seal seal) {
        if (rooms.containsKey(seal.conversation())) {
            return joined(seal.conversation());
        }
        List<Address> two = seal.addresses();
        if (!ConversationId.direct(two.getFirst(), two.getLast()).equals(seal.conversation())) {
            throw new IllegalStateException("sealed for others than belong to the conversation: " + two);
        }
        return Set.copyOf(two);
    }

    /// Who has come into a room and has not left it.
    private Set<Address> joined(ConversationId room) {
        Set<Address> joined = new HashSet<>();
        for (Place place : log.getOrDefault(room, List.of())) {
            if (place instanceof Entered entered) {
                Address by = Objects.requireNonNull(directory.get(entered.by())).address();
                switch (membership(entered.record())) {
                    case MembershipEntry.Create _ -> joined.add(by);
                    case MembershipEntry.Change change -> {
                        switch (change.act()) {
                            case MembershipEntry.Act.Accept() -> joined.add(by);
                            case MembershipEntry.Act.Leave() -> joined.remove(by);
                            case MembershipEntry.Act.Remove(Address gone) -> joined.remove(gone);
                            case MembershipEntry.Act.Invite _ -> {}
                        }
                    }
                }
            }
        }
        return joined;
    }

    private static MembershipEntry membership(EncodedRecord record) {
        try {
            return MembershipEntry.decode(record.parse().content());
        } catch (RecordException | MembershipException e) {
            throw new IllegalStateException("was taken as one", e);
        }
    }

    private boolean receives(DeviceId device) {
        DirectoryEntry entry = directory.get(device);
        return entry != null
                && keys.containsKey(device)
                && !crls.isListed(entry.chain().leaf());
    }

    /// Whether a seal is wrapped for the newest key of each device.
    private boolean isNewest(Seal seal) {
        return seal.wraps().stream().allMatch(wrap -> {
            EncodedRecord newest = keys.get(wrap.device());
            return newest == null || number(newest) == wrap.keyNumber();
        });
    }

    private static int number(EncodedRecord key) {
        try {
            return EnvelopeKey.decode(key.parse().content()).number();
        } catch (RecordException | EnvelopeKeyException e) {
            throw new IllegalStateException("a client publishes no such key", e);
        }
    }

    /// What a seal's sender has not seen of the room's record.
    private static List<EncodedRecord> entriesBehind(List<Place> places, byte[] head) {
        List<EncodedRecord> behind = new ArrayList<>();
        for (Place place : places) {
            if (place instanceof Entered entered) {
                behind.add(entered.record());
                if (Arrays.equals(entered.record().hash().bytes(), head)) {
                    behind.clear();
                }
            }
        }
        return behind;
    }

    private static PublishKey key(LetterHeader header) {
        return new PublishKey(header.conversation(), header.chain(), header.counter());
    }

    private static void refuse(Connection connection, LetterHeader header, ProtocolError error) {
        connection.say(Frame.Refused.letter(key(header), error, "said the test"));
    }

    private static void answer(Connection connection, Stored stored) {
        LetterHeader header = stored.letter().header();
        connection.say(new Frame.Published(
                header.conversation(), header.chain(), header.counter(), stored.sequence(), stored.transcript()));
    }

    private void deliver(Connection connection) {
        // Rooms last: nobody promises an order among conversations.
        List<ConversationId> order = new ArrayList<>(log.keySet());
        order.sort(Comparator.comparing(rooms::containsKey));
        order.forEach(conversation -> {
            List<Place> places = Objects.requireNonNull(log.get(conversation));
            String cursor = connection.device() + "/" + conversation;
            for (Place place : places) {
                if (place.sequence() > cursors.getOrDefault(cursor, 0L)) {
                    deliver(connection, conversation, place);
                }
            }
        });
    }

    private void deliver(Connection connection, ConversationId conversation, Place place) {
        switch (place) {
            case Stored stored -> {
                if (!stored.letter().header().sender().equals(connection.device())) {
                    stored.seal().wraps().stream()
                            .filter(wrap -> wrap.device().equals(connection.device()))
                            .findFirst()
                            .ifPresent(wrap -> deliver(connection, stored, wrap));
                }
            }
            case Entered entered -> {
                Address address = connection.channel.peer().address();
                if (entered.readers().contains(address) && !entered.by().equals(connection.device())) {
                    connection.say(new Frame.DeliverMembership(
                            conversation,
                            entered.transcript(),
                            new MembershipPlace(entered.sequence(), entered.acceptedAt(), entered.record())));
                }
            }
        }
    }

    /// Takes an entry that follows the room's last, without judging what the room allows: that is the clients' to do.
    private void enter(Connection connection, Frame.SubmitMembership submitted) {
        if (!roomRefusals.isEmpty()) {
            connection.say(Frame.Refused.request(submitted.id(), roomRefusals.removeFirst(), "said the test"));
            return;
        }
        try {
            SignedRecord record = submitted.record().parse();
            MembershipEntry entry = MembershipEntry.decode(record.content());
            ConversationId room =
                    entry instanceof MembershipEntry.Change change ? change.room() : ConversationId.room(record.hash());
            if (entry instanceof MembershipEntry.Change change
                    && !head(change.room()).equals(change.predecessor())) {
                connection.say(Frame.Refused.request(submitted.id(), ProtocolError.STALE, "another entry was first"));
                return;
            }
            Entered entered = place(connection, room, entry, submitted.record());
            connection.say(
                    new Frame.MembershipAccepted(submitted.id(), room, entered.sequence(), entered.transcript()));
            connections.values().stream().filter(other -> other != connection).forEach(this::deliver);
        } catch (RecordException | MembershipException e) {
            connection.say(Frame.Refused.request(submitted.id(), ProtocolError.INVALID_RECORD, "said the test"));
        }
    }

    private Entered place(Connection connection, ConversationId room, MembershipEntry entry, EncodedRecord record) {
        Address actor = connection.channel.peer().address();
        Set<Address> members = rooms.computeIfAbsent(room, _ -> new HashSet<>());
        if (entry instanceof MembershipEntry.Create) {
            members.add(actor);
        } else if (entry instanceof MembershipEntry.Change change
                && change.act() instanceof MembershipEntry.Act.Invite(Address invited, var _)) {
            members.add(invited);
        }
        Set<Address> readers = Set.copyOf(members);
        if (entry instanceof MembershipEntry.Change change) {
            switch (change.act()) {
                case MembershipEntry.Act.Leave() -> members.remove(actor);
                case MembershipEntry.Act.Remove(Address gone) -> members.remove(gone);
                case MembershipEntry.Act.Invite _, MembershipEntry.Act.Accept _ -> {}
            }
        }
        List<Place> places = log.computeIfAbsent(room, _ -> new ArrayList<>());
        long sequence = places.size() + 1L;
        Digest before = places.isEmpty() ? Digest.NONE : places.getLast().transcript();
        Entered entered = new Entered(
                sequence,
                record,
                connection.device(),
                readers,
                pki.now(),
                TranscriptHash.next(before, sequence, record.hash()));
        places.add(entered);
        return entered;
    }

    /// As a relay: not what the device wrote itself.
    private void answer(Connection connection, Frame.HistoryQuery query) {
        List<Place> places = log.getOrDefault(query.conversation(), List.of());
        List<Frame.Deliver> letters = new ArrayList<>();
        long through = query.after();
        for (Place place : places.subList((int) Math.min(query.after(), places.size()), places.size())) {
            through = place.sequence();
            if (place instanceof Stored stored
                    && !stored.letter().header().sender().equals(connection.device())) {
                stored.seal().wraps().stream()
                        .filter(wrap -> wrap.device().equals(connection.device()))
                        .findFirst()
                        .ifPresent(wrap -> letters.add(delivery(stored, wrap)));
            }
            if (letters.size() == query.limit()) {
                break;
            }
        }
        Optional<ConversationId> next = log.keySet().stream()
                .filter(id -> id.hex().compareTo(query.conversation().hex()) > 0 && has(connection, id))
                .min(Comparator.comparing(ConversationId::hex));
        connection.say(new Frame.HistoryAnswer(query.id(), letters, through < places.size(), through, next));
    }

    /// Whether anything in a conversation was for a device.
    private boolean has(Connection connection, ConversationId conversation) {
        return log.getOrDefault(conversation, List.of()).stream()
                .anyMatch(place -> place instanceof Stored stored
                        && stored.seal().wraps().stream()
                                .anyMatch(wrap -> wrap.device().equals(connection.device())));
    }

    private void answer(Connection connection, Frame.MembershipQuery query) {
        if (busy) {
            busy = false;
            connection.say(Frame.Refused.request(query.id(), ProtocolError.TOO_MANY, "too many requests")
                    .retryAfter(Optional.of(Duration.ofSeconds(1))));
            return;
        }
        List<MembershipPlace> entries = log.getOrDefault(query.conversation(), List.of()).stream()
                .filter(Entered.class::isInstance)
                .map(Entered.class::cast)
                .filter(entered -> entered.sequence() > query.after())
                .map(entered -> new MembershipPlace(entered.sequence(), entered.acceptedAt(), entered.record()))
                .toList();
        List<MembershipPlace> some = shown.apply(entries);
        boolean more = some.size() > entriesAtATime;
        connection.say(new Frame.MembershipAnswer(
                query.id(), query.conversation(), more ? some.subList(0, entriesAtATime) : some, more));
    }

    private void deliver(Connection connection, Stored stored, Wrap wrap) {
        distortion.apply(delivery(stored, wrap)).ifPresent(connection::say);
    }

    private static Frame.Deliver delivery(Stored stored, Wrap wrap) {
        return new Frame.Deliver(
                stored.letter().header().conversation(),
                stored.sequence(),
                stored.acceptedAt(),
                stored.transcript(),
                EnvelopeStapler.staple(stored.letter(), wrap),
                stored.from());
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cutEverybody();
    }

    /// One client's connection.
    private static final class Connection {
        private final Channel channel;
        private final Socket socket;
        private final Set<CrlFingerprint> had = new HashSet<>();
        private boolean cut;

        Connection(Channel channel, Socket socket) {
            this.channel = channel;
            this.socket = socket;
        }

        DeviceId device() {
            return channel.peer().device();
        }

        void say(Frame frame) {
            try {
                channel.writer().write(frame);
                channel.writer().flush();
            } catch (IOException | ProtocolException e) {
                cut();
            }
        }

        void cut() {
            cut = true;
            try {
                channel.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
