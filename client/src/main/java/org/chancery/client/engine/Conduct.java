package org.chancery.client.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.DeviceStanding;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.chat.RoomView;
import org.chancery.client.connection.EndReason;
import org.chancery.client.connection.Loss;
import org.chancery.client.connection.RelayConnection;
import org.chancery.client.connection.Wire;
import org.chancery.client.store.StoreException;
import org.chancery.client.transfer.TransferNews;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.revocation.CrlFingerprint;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.Welcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the engine does about each [Input]. For the engine's thread, but for the lists and messages that [Engine] reads
/// for others.
final class Conduct {
    private static final Logger LOG = LoggerFactory.getLogger(Conduct.class);

    private static final String SOFTWARE = "chancery-client/0.1";

    /// Two weeks: time enough to reach whoever signs, with a holiday between.
    private static final Duration ENDING_SOON = Duration.ofDays(14);

    /// Certificates run out by themselves: everybody is judged anew this often.
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(10);

    /// Within this a relay hands its revocation lists over.
    private static final Duration LISTS_IN_TIME = Duration.ofSeconds(30);

    private final EngineConfig config;
    private final Desk desk;
    private final Audience audience;
    private final Schedule schedule;
    private final Wire connection;
    private final Sealing sealing;
    private final Parts parts;
    private final CommandDispatch commands;
    private final FrameDispatch frames;
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
        this.sealing = outworld.sealing();
        this.state = new ConnectionState.Offline("not connected yet", Optional.empty());
        this.incarnation = desk.store().settings().incarnation();
        this.connection = outworld.dialer().wire(dial(), ears);
        this.parts = new Parts(config, desk, audience, schedule, outworld, connection::send, files, this::openOutgoing);
        this.crls = parts.revocations.fingerprints();
        this.commands = new CommandDispatch(parts, connection);
        this.frames = new FrameDispatch(desk, parts, connection, this::openOutgoing);
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

    List<Contact> contacts() {
        return parts.overview.contacts();
    }

    Set<Address> blocked() {
        return parts.overview.blocked();
    }

    /// How what is stored is shown. For any thread.
    Messages messages() {
        return parts.messages;
    }

    List<RoomView> rooms() {
        return parts.overview.rooms();
    }

    void begin() throws StoreException {
        Instant now = desk.clock().instant();
        Instant end = config.identity().chain().leaf().getNotAfter().toInstant();
        if (!now.isBefore(end)) {
            become(Endings.expired(end));
            return;
        }
        if (!now.plus(ENDING_SOON).isBefore(end)) {
            desk.problems()
                    .tell(
                            ProblemKind.CERTIFICATE_ENDING,
                            "your certificate ends at " + end,
                            "ask for a new one now: client request, ca sign, client import");
        }
        parts.files.begin();
        dial(parts.ownKeys.ready());
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
        parts.ownKeys.keepHouse();
        schedule.after(HOUSEKEEPING, this::keepHouse);
    }

    void take(Input input) throws StoreException {
        switch (input) {
            case Input.Asked(Command command) -> commands.carryOut(command);
            case Input.Subscribed(var listener) -> {
                parts.overview.flush(); // so that what it is told first is all there is
                audience.add(listener);
                audience.tell(listener, new Event.ConnectionChanged(state));
                audience.tell(listener, new Event.ContactsChanged(parts.overview.contacts()));
                audience.tell(listener, new Event.RoomsChanged(parts.overview.rooms()));
                audience.tell(listener, new Event.OwnDevicesChanged(parts.ownChain.view()));
            }
            case Input.Connecting _ ->
                become(new ConnectionState.Connecting(config.relay().toString()));
            case Input.Online(ValidatedPath path, Welcome welcome) -> online(path, welcome);
            case Input.Received(Frame frame) -> {
                if (isAccepted()) {
                    frames.received(frame);
                }
            }
            case Input.Transferred(TransferNews news) -> parts.files.heard(news);
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
                parts.ownKeys.made(number, pair);
                dial(parts.ownKeys.ready());
            }
            case Input.Stop _ -> {}
        }
    }

    /// Takes letters and entries that came one behind the other.
    void takeDeliveries(List<Arrival> arrivals) throws StoreException {
        if (isAccepted()) {
            frames.delivered(arrivals);
        }
    }

    /// What comes of a connection that was refused is of no interest.
    private boolean isAccepted() {
        return relay.isPresent();
    }

    private void online(ValidatedPath path, Welcome welcome) throws StoreException {
        if (!isAcceptable(path)) {
            return;
        }
        relay = Optional.of(path);
        maxFrameBytes = welcome.maxFrameBytes();
        desk.problems().forget();
        if (!incarnation.equals(Optional.of(welcome.incarnation()))) {
            if (incarnation.isPresent()) {
                desk.problems()
                        .tell(
                                ProblemKind.RELAY_RESTORED,
                                "the relay's log is another one than at the last connection; it may have lost messages");
            }
            incarnation = Optional.of(welcome.incarnation());
            parts.outgoing.anotherLog(welcome.incarnation());
            parts.ownKeys.begunAnotherLog();
            parts.restoration.begin(welcome.incarnation());
        }
        become(new ConnectionState.Online(
                config.relay().toString(), desk.clock().instant()));
        parts.people.open();
        schedule.after(LISTS_IN_TIME, () -> missLists(path));
    }

    /// A relay that keeps its lists to itself holds everything up.
    private void missLists(ValidatedPath of) {
        if (relay.filter(now -> now == of).isPresent() && !judging) {
            desk.problems()
                    .tell(
                            ProblemKind.REVOCATION_LIST,
                            "nothing is sent, and letters wait unshown: the relay does not hand over the revocation lists that it"
                                    + " goes by");
        }
    }

    /// Only a device on its owner's chain writes: others would not believe it.
    private void openOutgoing() throws StoreException {
        if (relay.isPresent()
                && judging
                && parts.ownKeys.isSettled()
                && !parts.recovery.isUnderWay()
                && parts.ownChain.view().standing() == DeviceStanding.ON_CHAIN) {
            parts.outgoing.open(maxFrameBytes);
        }
    }

    /// When a connection begins, lists may be new that this client has missed: until all are there nothing is
    /// sealed, and letters wait unshown. Lists that become new later hold nothing up: their news is as new to
    /// the relay.
    private void lists(Optional<byte[]> crlDer, boolean complete) throws StoreException {
        if (relay.isEmpty()) {
            return; // of a connection that was refused
        }
        parts.revocations.underWay(!complete);
        if (crlDer.isPresent()) {
            parts.revocations.accept(crlDer.get());
            crls = parts.revocations.fingerprints();
            parts.chains.judgeAnew();
            judgeAnew();
        }
        boolean begins = complete && !judging;
        judging |= complete;
        if (isAcceptable(relay.get()) && judging) {
            if (begins) {
                parts.recovery.begin(incarnation.orElseThrow());
            }
            parts.incoming.retry();
            openOutgoing();
            if (begins || parts.ownChain.view().standing() == DeviceStanding.UNKNOWN) {
                parts.ownChain.look();
            }
            if (begins) {
                parts.incoming.askAnew();
                parts.ownKeys.look(this::openOutgoing);
                parts.roomActs.open();
                parts.listings.begin();
                parts.files.open(maxFrameBytes);
            }
        }
    }

    private void judgeAnew() throws StoreException {
        if (parts.book.judgeAnew()) {
            desk.problems()
                    .tell(
                            ProblemKind.KEY_STOLEN,
                            "a key of somebody you know was stolen; what it signed is marked, and what it signed since is not to be"
                                    + " believed",
                            "look at the conversation: client history");
        }
        parts.overview.contactsMayHaveChanged();
    }

    /// Judges the relay by the revocation lists held. Without a list it is given the chance to hand one over;
    /// what needs a list, sealing and opening, waits until then.
    private boolean isAcceptable(ValidatedPath path) {
        try {
            parts.judge.relay(path.chain());
            return true;
        } catch (PathValidationException e) {
            if (e.failure().awaitsCrl()) {
                LOG.info("the relay's certificate cannot be judged yet: {}", e.getMessage());
                return true;
            }
            relay = Optional.empty();
            connection.refuse(new Loss.Final(EndReason.RELAY_NOT_TRUSTED, String.valueOf(e.getMessage())));
            return false;
        }
    }

    private void lost() {
        relay = Optional.empty();
        judging = false;
        parts.revocations.underWay(false);
        parts.people.close();
        parts.roomActs.close();
        parts.directory.forget();
        parts.ownChain.forget();
        parts.ownKeys.forget();
        parts.listings.pause();
        parts.incoming.forget();
        parts.recovery.forget();
        parts.handingOver.forget();
        parts.outgoing.close();
        parts.files.close();
        parts.book.forgetPresence();
        parts.overview.contactsMayHaveChanged();
    }

    private void become(ConnectionState next) {
        state = next;
        audience.tell(new Event.ConnectionChanged(next));
    }

    /// There is a moment: nothing waits to be taken.
    void rest() throws StoreException {
        if (parts.incoming.isIdle()) {
            parts.ownKeys.atRest();
            parts.recovery.atRest();
        }
        for (String alarm : parts.book.alarms()) {
            desk.problems().tell(ProblemKind.RELAY_INCONSISTENT, alarm);
        }
        parts.asking.look();
        parts.handingOver.look();
        parts.roomActs.look();
        Optional<Command.ChangeRoom> again = parts.restoration.next();
        if (again.isPresent()) {
            parts.roomActs.wish(again.get());
        }
        parts.overview.flush();
    }

    /// The store failed: nothing more may be shown or acknowledged.
    void storeFailed(StoreException e) {
        LOG.error("the store failed", e);
        desk.problems()
                .tell(
                        ProblemKind.STORE,
                        "the message store failed: " + e.getMessage(),
                        "make room on the disk, then start again");
        become(new ConnectionState.Offline("the message store failed", Optional.empty()));
        connection.close();
    }

    /// This program failed: what it has in mind is not to be relied upon, what is in the store is.
    void failed(Throwable fault) {
        LOG.error("the engine failed", fault);
        desk.problems()
                .tell(
                        ProblemKind.INTERNAL,
                        "the messenger failed: " + fault,
                        "start it again; what was written is kept, and the log says more");
        become(new ConnectionState.Offline("the messenger failed", Optional.empty()));
        connection.close();
    }

    /// Ends the connection, after the engine's thread has ended.
    void end() {
        parts.files.end();
        connection.close();
        parts.epochs.close();
        sealing.close();
    }
}
