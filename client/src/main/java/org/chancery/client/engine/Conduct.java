package org.chancery.client.engine;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.chancery.client.connection.EndReason;
import org.chancery.client.connection.Loss;
import org.chancery.client.connection.RelayConnection;
import org.chancery.client.connection.Wire;
import org.chancery.client.room.EntryJudge;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.transfer.TransferNews;
import org.chancery.client.trust.ChainJudge;
import org.chancery.client.trust.DeviceJudge;
import org.chancery.client.trust.HeldRevocations;
import org.chancery.client.trust.KeyJudge;
import org.chancery.client.trust.KnownKeys;
import org.chancery.client.trust.RememberedChains;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.revocation.CrlFingerprint;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;
import org.chancery.protocol.frame.Frame.Refused;
import org.chancery.protocol.frame.Frame.Welcome;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.PublishKey;
import org.chancery.protocol.frame.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the engine does about each [Input]. For the engine's thread, but for [#contacts].
final class Conduct {
    private static final Logger LOG = LoggerFactory.getLogger(Conduct.class);

    private static final String SOFTWARE = "chancery-client/0.1";

    /// Two weeks: time enough to reach whoever signs, with a holiday between.
    private static final Duration ENDING_SOON = Duration.ofDays(14);

    /// Certificates run out by themselves: everybody is judged anew this often.
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(10);

    /// What newer revocation lists may decide.
    private static final Set<PathFailure> UNDECIDED =
            Set.of(PathFailure.CRL_MISSING, PathFailure.CRL_STALE, PathFailure.CRL_INVALID);

    /// Within this a relay hands its revocation lists over.
    private static final Duration LISTS_IN_TIME = Duration.ofSeconds(30);

    private final EngineConfig config;
    private final Desk desk;
    private final Audience audience;
    private final Schedule schedule;
    private final Wire connection;
    private final SharedCommit commit;
    private final HeldRevocations revocations;
    private final DeviceJudge judge;
    private final ContactBook book;
    private final Messages messages;
    private final Overview overview;
    private final Directory directory;
    private final People people;
    private final RoomBook rooms;
    private final Sealing sealing;
    private final Epochs epochs;
    private final Outgoing outgoing;
    private final Restoration restoration;
    private final Remarks remarks;
    private final Asking asking;
    private final OwnNotes ownNotes;
    private final ReadNotes readNotes;
    private final Entries entries;
    private final RoomActs roomActs;
    private final Incoming incoming;
    private final Recovery recovery;
    private final HandingOver handingOver;
    private final Lapses lapses;
    private final FileTransfers files;
    private final OwnChain ownChain;
    private final RememberedChains chains;
    private final ChainWatch chainWatch;
    private final TrustActs trustActs;
    private final OwnKeys ownKeys;
    private final Listings listings;
    private ConnectionState state;
    private boolean dialling;
    private Optional<ValidatedPath> relay = Optional.empty();
    private int maxFrameBytes;
    private boolean judging; // all lists are there that the relay goes by since this connection began

    // Read by the connection's thread before it says hello.
    private volatile Optional<String> incarnation;
    private volatile List<CrlFingerprint> crls;

    Conduct(
            EngineConfig config,
            Desk desk,
            Audience audience,
            Schedule schedule,
            Outworld outworld,
            RelayConnection.Listener ears,
            Consumer<TransferNews> files)
            throws StoreException {
        this.config = config;
        this.desk = desk;
        this.audience = audience;
        this.schedule = schedule;
        this.state = new ConnectionState.Offline("not connected yet", Optional.empty());
        this.incarnation = desk.store().incarnation();
        this.connection = outworld.dialer().wire(dial(), ears);
        HeldFrames frames = new HeldFrames(connection::send);
        this.commit = new SharedCommit(desk.store(), audience, frames);
        List<X509Certificate> issuers = new ArrayList<>(config.anchors().certificates());
        issuers.addAll(config.identity().chain().issuers());
        this.revocations = new HeldRevocations(desk.store().crls(), issuers, config.revocationGrace());
        this.crls = revocations.fingerprints();
        this.judge = new DeviceJudge(config.anchors(), revocations, desk.clock());
        ChainJudge chainJudge = new ChainJudge(judge);
        this.chains = new RememberedChains(desk.self(), desk.store().deviceChains(), chainJudge);
        KeyJudge keyJudge = new KeyJudge(judge);
        this.book = new ContactBook(
                desk.store().devices(),
                judge,
                revocations,
                chains,
                new KnownKeys(desk.store().contactKeys(), keyJudge),
                desk.clock());
        this.rooms = new RoomBook(desk.store().rooms());
        this.messages = new Messages(desk.store().history(), book.thefts());
        this.overview = new Overview(desk.self(), desk.store(), book, rooms, messages, audience);
        this.directory = new Directory(frames, this::shown);
        this.people = new People(desk, directory, book, overview, audience);
        Outside outside = new Outside(frames, directory, schedule);
        this.sealing = outworld.sealing();
        this.epochs = new Epochs(sealing, desk.clock(), config.epochLetters());
        this.restoration = new Restoration(desk, rooms, overview);
        Titles titles = new Titles(desk, rooms, overview);
        Circle circle = new Circle(desk, book, rooms, restoration);
        Amending amending = new Amending(desk.store().history());
        this.outgoing = new Outgoing(
                desk,
                outside,
                book,
                circle,
                overview,
                epochs,
                new LetterWriter(desk, revocations, epochs),
                titles,
                amending);
        this.remarks = new Remarks(desk, circle, overview, outgoing);
        this.asking = new Asking(desk, rooms, schedule, overview, outgoing);
        this.ownNotes = new OwnNotes(desk, book, overview, schedule, outgoing);
        this.readNotes = new ReadNotes(desk, circle, outgoing, ownNotes, schedule, config.readNotes());
        Places places = new Places(desk, rooms, this::underWay);
        RoomNews news = new RoomNews(desk, outgoing, titles);
        this.entries = new Entries(
                desk, outside, book, rooms, new EntryJudge(judge), chains, overview, places, news, restoration);
        this.roomActs = new RoomActs(desk, outside, rooms, entries, outgoing, audience);
        this.incoming = new Incoming(
                outside,
                commit,
                book,
                new Opening(desk, book, rooms, judge, chains, sealing),
                new Foreknowledge(desk, book, chains, rooms),
                new Receipt(
                        desk,
                        overview,
                        rooms,
                        places,
                        revocations,
                        titles,
                        amending,
                        new Asides(
                                desk,
                                overview,
                                asking,
                                new HandedOn(desk, book, rooms, judge, chains, sealing, places, amending),
                                ownNotes)),
                entries);
        this.recovery = new Recovery(desk, outside, incoming, asking);
        this.handingOver = new HandingOver(desk, outside, book, chains, outgoing, audience);
        this.lapses = new Lapses(desk, outside, overview);
        this.files = new FileTransfers(desk, outside, outgoing, audience, files);
        this.ownChain = new OwnChain(desk, outside, chains, judge, overview, audience, this::openOutgoing);
        this.ownKeys = new OwnKeys(desk, outside, outworld.keys(), outworld.making(), sealing, keyJudge);
        this.trustActs = new TrustActs(desk, outside, book, chains, ownNotes, overview, audience);
        this.chainWatch = new ChainWatch(desk, book, chains, ownChain, trustActs, overview);
        ownNotes.marks(trustActs::told);
        this.listings = new Listings(outside, new ListingMaker(desk, judge, chainJudge, book), audience);
    }

    private RelayConnection.Dial dial() {
        // In the handshake the relay's certificate is judged without revocation: the lists come over this very
        // connection, and before they have been applied nothing is sealed and nothing shown.
        PeerJudge handshake = new PeerJudge(config.anchors(), Revocation.NotChecked::new, desk.clock());
        return new RelayConnection.Dial(
                config.relay(),
                new TlsIdentity(config.identity(), handshake),
                () -> new Frame.Hello(Frame.VERSION, incarnation, SOFTWARE, crls));
    }

    private Collection<Digest> underWay(ConversationId conversation) {
        List<Digest> all = new ArrayList<>(roomActs.underWay(conversation));
        all.addAll(outgoing.underWay(conversation));
        return all;
    }

    List<Contact> contacts() {
        return overview.contacts();
    }

    Set<Address> blocked() {
        return overview.blocked();
    }

    /// How what is stored is shown. For any thread.
    Messages messages() {
        return messages;
    }

    List<RoomView> rooms() {
        return overview.rooms();
    }

    void begin() throws StoreException {
        Instant now = desk.clock().instant();
        Instant end = config.identity().chain().leaf().getNotAfter().toInstant();
        if (!now.isBefore(end)) {
            become(Endings.expired(end));
            return;
        }
        if (!now.plus(ENDING_SOON).isBefore(end)) {
            overview.problem(
                    ProblemKind.CERTIFICATE_ENDING,
                    "your certificate ends at " + end,
                    Optional.of("ask for a new one now: client request, ca sign, client import"));
        }
        files.begin();
        dial(ownKeys.ready());
        schedule.after(HOUSEKEEPING, this::keepHouse);
    }

    /// Not before there is a key to receive with: whoever is there can be written to.
    private void dial(boolean ready) {
        if (ready && !dialling) {
            dialling = true;
            connection.start();
        }
    }

    private void keepHouse() throws StoreException {
        judgeAnew();
        ownKeys.keepHouse();
        schedule.after(HOUSEKEEPING, this::keepHouse);
    }

    void take(Input input) throws StoreException {
        switch (input) {
            case Input.Asked(Command command) -> carryOut(command);
            case Input.Subscribed(var listener) -> {
                overview.flush(); // so that what it is told first is all there is
                audience.add(listener);
                audience.tell(listener, new Event.ConnectionChanged(state));
                audience.tell(listener, new Event.ContactsChanged(overview.contacts()));
                audience.tell(listener, new Event.RoomsChanged(overview.rooms()));
                audience.tell(listener, new Event.OwnDevicesChanged(ownChain.view()));
            }
            case Input.Connecting _ ->
                become(new ConnectionState.Connecting(config.relay().toString()));
            case Input.Online(ValidatedPath path, Welcome welcome) -> online(path, welcome);
            case Input.Received(Frame frame) -> received(frame);
            case Input.Transferred(TransferNews news) -> files.heard(news);
            case Input.Lists(Optional<byte[]> crlDer, boolean complete) -> lists(crlDer, complete);
            case Input.Offline(Loss.Broken loss, Duration wait) -> {
                lost();
                become(new ConnectionState.Offline(
                        loss.reason(), Optional.of(desk.clock().instant().plus(wait))));
            }
            case Input.Ended(Loss.Final loss) -> {
                lost();
                become(Endings.of(loss));
            }
            case Input.KeyMade(int number, var pair) -> {
                ownKeys.made(number, pair);
                dial(ownKeys.ready());
            }
            case Input.Stop _ -> {}
        }
    }

    /// Takes letters and entries that came one behind the other.
    void takeDeliveries(List<Arrival> arrivals) throws StoreException {
        if (relay.isPresent() && !incoming.delivered(arrivals)) {
            connection.reset();
        }
    }

    private void carryOut(Command command) throws StoreException {
        switch (command) {
            case Command.SendText(Party to, String text) -> remarks.text(to, text);
            case Command.Reply(long message, String text) -> remarks.reply(message, text);
            case Command.Edit(long message, String text) -> remarks.edit(message, text);
            case Command.Delete(long message) -> remarks.delete(message);
            case Command.React(long message, String emoji, boolean takenBack) ->
                remarks.react(message, emoji, takenBack);
            case Command.AskAgain(long message) -> asking.ask(message);
            case Command.Block(Address address, boolean blocked) -> ownNotes.blocking(address, blocked);
            case Command.SaveDraft(Party in, String text) -> ownNotes.drafted(in, text);
            case Command.SendFile file -> files.send(file);
            case Command.SaveFile file -> files.save(file);
            case Command.CancelTransfer(long id) -> files.cancel(id);
            case Command.NameRoom(ConversationId room, Body.Title title) -> outgoing.say(Party.room(room), title);
            case Command.RoomAct act -> roomActs.wish(act);
            case Command.FindPeople(String prefix) -> people.find(prefix.toLowerCase(Locale.ROOT));
            case Command.ListDirectory(String prefix) -> listings.list(prefix);
            case Command.OpenConversation(Party party) -> {
                OptionalLong before = people.look(party);
                if (before.isPresent()) {
                    readNotes.read(party, before.getAsLong());
                }
            }
            case Command.DeviceAct act -> ownChain.act(act);
            case Command.HandOver(DeviceId device) -> handingOver.begin(device);
            case Command.Verify(Address address) -> trustActs.verify(address);
            case Command.TrustAct act -> trustActs.act(act);
            case Command.RetryNow _ -> connection.retryNow();
        }
    }

    private void online(ValidatedPath path, Welcome welcome) throws StoreException {
        if (!isAcceptable(path)) {
            return;
        }
        relay = Optional.of(path);
        maxFrameBytes = welcome.maxFrameBytes();
        overview.forgetProblems();
        if (!incarnation.equals(Optional.of(welcome.incarnation()))) {
            if (incarnation.isPresent()) {
                overview.problem(
                        ProblemKind.RELAY_RESTORED,
                        "the relay's log is another one than at the last connection; it may have lost messages",
                        Optional.empty());
            }
            incarnation = Optional.of(welcome.incarnation());
            outgoing.anotherLog();
            ownKeys.begunAnotherLog();
            restoration.begin(welcome.incarnation());
        }
        become(new ConnectionState.Online(
                config.relay().toString(), desk.clock().instant()));
        people.open();
        schedule.after(LISTS_IN_TIME, () -> missLists(path));
    }

    /// A relay that keeps its lists to itself holds everything up.
    private void missLists(ValidatedPath of) {
        if (relay.filter(now -> now == of).isPresent() && !judging) {
            overview.problem(
                    ProblemKind.REVOCATION_LIST,
                    "nothing is sent, and letters wait unshown: the relay does not hand over the revocation lists that it"
                            + " goes by",
                    Optional.empty());
        }
    }

    private void shown(Query query, DirectoryAnswer answer) throws StoreException {
        commit.of(() -> chainWatch.shown(query, answer));
    }

    private void devicesChanged(Address address) {
        book.forgetListing(address);
        if (address.equals(desk.self())) {
            ownChain.look();
        }
    }

    /// Only a device on its owner's chain writes: others would not believe it.
    private void openOutgoing() throws StoreException {
        if (relay.isPresent()
                && judging
                && ownKeys.isSettled()
                && ownChain.view().standing() == DeviceStanding.ON_CHAIN) {
            outgoing.open(maxFrameBytes);
        }
    }

    private void received(Frame frame) throws StoreException {
        if (relay.isEmpty()) {
            return; // a frame of a connection that was refused
        }
        switch (frame) {
            case Frame.Deliver deliver -> takeDeliveries(List.of(new Arrival.ALetter(deliver)));
            case Frame.DeliverMembership entry -> takeDeliveries(List.of(new Arrival.AnEntry(entry)));
            case Frame.Published published -> outgoing.published(published);
            case Frame.DirectoryAnswer answer -> directory.answered(answer);
            case Frame.Presence presence -> {
                presence.online().forEach(address -> book.present(address, true));
                presence.offline().forEach(address -> book.present(address, false));
                overview.contactsMayHaveChanged();
            }
            case Frame.Typing _ -> {} // not shown
            case Frame.Gap gap -> lapses.gap(gap);
            case Frame.Lapsed lapsed -> lapses.lapsed(lapsed);
            case Frame.HistoryAnswer answer -> recovery.answered(answer);
            case Frame.DeviceAccepted accepted -> ownChain.accepted(accepted);
            case Frame.DeviceOffered offered -> ownChain.offered(offered);
            case Frame.DevicesChanged(Address address) -> devicesChanged(address);
            case Frame.MembershipAccepted accepted -> roomActs.accepted(accepted);
            case Frame.MembershipAnswer answer -> entries.answered(answer);
            case Frame.EnvelopeKeyAccepted accepted -> {
                ownKeys.accepted(accepted);
                book.forgetListing(desk.self());
                openOutgoing();
            }
            case Frame.CaughtUp _ -> {
                ownKeys.caughtUp();
                recovery.caughtUp();
            }
            case Frame.UploadCommitted _, Frame.FilePart _, Frame.FileDeleted _ -> ofFile(frame);
            case Frame.Refused refused -> refused(refused);
            case Frame.Hello _,
                    Frame.Welcome _,
                    Frame.Publish _,
                    Frame.Acknowledge _,
                    Frame.DirectoryQuery _,
                    Frame.LapsedSeen _,
                    Frame.HistoryQuery _,
                    Frame.SubmitMembership _,
                    Frame.MembershipQuery _,
                    Frame.SubmitDevice _,
                    Frame.SubmitEnvelopeKey _,
                    Frame.OfferDevice _,
                    Frame.BeginUpload _,
                    Frame.UploadPart _,
                    Frame.FileQuery _,
                    Frame.DeleteFile _,
                    Frame.CrlsAnnounced _,
                    Frame.CrlPart _,
                    Frame.Goodbye _,
                    Frame.Ping _,
                    Frame.Pong _ ->
                LOG.warn(
                        "the relay sent {}, which is not for it to send",
                        frame.getClass().getSimpleName());
        }
    }

    private void ofFile(Frame frame) {
        if (!files.heard(frame)) {
            LOG.warn("the relay says more of files than it was asked");
            connection.reset();
        }
    }

    /// When a connection begins, lists may be new that this client has missed: until all are there nothing is
    /// sealed, and letters wait unshown. Lists that become new later hold nothing up: their news is as new to
    /// the relay.
    private void lists(Optional<byte[]> crlDer, boolean complete) throws StoreException {
        if (relay.isEmpty()) {
            return; // of a connection that was refused
        }
        revocations.underWay(!complete);
        if (crlDer.isPresent()) {
            if (revocations.accept(crlDer.get()) == HeldRevocations.Intake.REFUSED) {
                LOG.warn("a revocation list is of no authority known here");
            }
            crls = revocations.fingerprints();
            chains.judgeAnew();
            judgeAnew();
        }
        boolean begins = complete && !judging;
        judging |= complete;
        if (isAcceptable(relay.get()) && judging) {
            if (begins) {
                recovery.begin();
            }
            if (!recovery.isFetching()) {
                incoming.retry();
            }
            openOutgoing();
            if (begins || ownChain.view().standing() == DeviceStanding.UNKNOWN) {
                ownChain.look();
            }
            if (begins) {
                incoming.askAnew();
                ownKeys.look(this::openOutgoing);
                roomActs.open();
                listings.begin();
                files.open(maxFrameBytes);
            }
        }
    }

    private void judgeAnew() throws StoreException {
        if (book.judgeAnew()) {
            overview.problem(
                    ProblemKind.KEY_STOLEN,
                    "a key of somebody you know was stolen; what it signed is marked, and what it signed since is not to be"
                            + " believed",
                    Optional.of("look at the conversation: client history"));
        }
        overview.contactsMayHaveChanged();
    }

    /// Judges the relay by the revocation lists held. Without a list it is given the chance to hand one over;
    /// what needs a list, sealing and opening, waits until then.
    private boolean isAcceptable(ValidatedPath path) {
        try {
            judge.relay(path.chain());
            return true;
        } catch (PathValidationException e) {
            if (UNDECIDED.contains(e.failure())) {
                LOG.info("the relay's certificate cannot be judged yet: {}", e.getMessage());
                return true;
            }
            relay = Optional.empty();
            connection.refuse(new Loss.Final(EndReason.RELAY_NOT_TRUSTED, String.valueOf(e.getMessage())));
            return false;
        }
    }

    private void refused(Refused refused) throws StoreException {
        if (refused.publish().isPresent()) {
            refused(refused.publish().get(), refused);
        } else if (refused.queryId().filter(FileTransfers::isAbout).isPresent()) {
            ofFile(refused);
        } else if (refused.queryId().isPresent()
                && ownChain.isAbout(refused.queryId().get())) {
            ownChain.refused(refused);
        } else if (refused.queryId().isPresent()
                && recovery.isAbout(refused.queryId().get())) {
            recovery.refused(refused);
        } else if (refused.queryId().isPresent()
                && ownKeys.isAbout(refused.queryId().get())) {
            ownKeys.refused(refused);
            openOutgoing();
        } else if (refused.queryId().isPresent()
                && roomActs.isAbout(refused.queryId().get())) {
            roomActs.refused(refused);
        } else if (refused.queryId().isPresent()
                && entries.isAbout(refused.queryId().get())) {
            entries.refused(refused.queryId().get());
        } else if (refused.queryId().isPresent()) {
            directory.refused(refused.queryId().get(), refused.error());
        } else {
            overview.problem(
                    ProblemKind.REFUSED_BY_RELAY,
                    "the relay refused something: " + refused.detail() + " (" + refused.error() + ")",
                    Optional.empty());
        }
    }

    /// A seal may be outdated because the room's record has gone on: then the relay names the entries, which it also
    /// brings at their places.
    private void refused(PublishKey key, Refused refused) throws StoreException {
        boolean roomHasGoneOn = refused.error() == ProtocolError.STALE_SEAL
                && refused.changes().stream().anyMatch(entry -> !rooms.has(key.conversation(), entry.hash()));
        if (roomHasGoneOn) {
            outgoing.staleRoom(key);
            entries.catchUp(key.conversation(), () -> {});
        } else {
            outgoing.refused(key, refused.error(), refused.detail(), refused.retryAfter());
        }
    }

    private void lost() {
        relay = Optional.empty();
        judging = false;
        revocations.underWay(false);
        people.close();
        roomActs.close();
        directory.forget();
        ownChain.forget();
        ownKeys.forget();
        listings.pause();
        incoming.forget();
        recovery.forget();
        handingOver.forget();
        outgoing.close();
        files.close();
        book.forgetPresence();
        overview.contactsMayHaveChanged();
    }

    private void become(ConnectionState next) {
        state = next;
        audience.tell(new Event.ConnectionChanged(next));
    }

    /// There is a moment: nothing waits to be taken.
    void rest() throws StoreException {
        if (incoming.isIdle()) {
            ownKeys.atRest();
            recovery.atRest();
        }
        for (String alarm : book.alarms()) {
            overview.problem(ProblemKind.RELAY_INCONSISTENT, alarm, Optional.empty());
        }
        handingOver.look();
        roomActs.look();
        Optional<Command.ChangeRoom> again = restoration.next();
        if (again.isPresent()) {
            roomActs.wish(again.get());
        }
        overview.flush();
    }

    /// The store failed: nothing more may be shown or acknowledged.
    void storeFailed(StoreException e) {
        LOG.error("the store failed", e);
        overview.problem(
                ProblemKind.STORE,
                "the message store failed: " + e.getMessage(),
                Optional.of("make room on the disk, then start again"));
        become(new ConnectionState.Offline("the message store failed", Optional.empty()));
        connection.close();
    }

    /// This program failed: what it has in mind is not to be relied upon, what is in the store is.
    void failed(Throwable fault) {
        LOG.error("the engine failed", fault);
        overview.problem(
                ProblemKind.INTERNAL,
                "the messenger failed: " + fault,
                Optional.of("start it again; what was written is kept, and the log says more"));
        become(new ConnectionState.Offline("the messenger failed", Optional.empty()));
        connection.close();
    }

    /// Ends the connection, after the engine's thread has ended.
    void end() {
        files.end();
        connection.close();
        epochs.close();
        sealing.close();
    }
}
