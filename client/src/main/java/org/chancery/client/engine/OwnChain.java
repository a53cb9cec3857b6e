package org.chancery.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.DeviceStanding;
import org.chancery.client.chat.DeviceState;
import org.chancery.client.chat.DevicesView;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.store.ChainChange;
import org.chancery.client.store.ChainLink;
import org.chancery.client.store.RememberedChain;
import org.chancery.client.store.StoreException;
import org.chancery.client.trust.ChainNews;
import org.chancery.client.trust.DeviceJudge;
import org.chancery.client.trust.OfferJudge;
import org.chancery.client.trust.RememberedChains;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.device.DeviceEntry.Act;
import org.chancery.protocol.device.DeviceOffer;
import org.chancery.protocol.device.SixWords;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame.DeviceAccepted;
import org.chancery.protocol.frame.Frame.DeviceOffered;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;
import org.chancery.protocol.frame.Frame.OfferDevice;
import org.chancery.protocol.frame.Frame.Refused;
import org.chancery.protocol.frame.Frame.SubmitDevice;
import org.chancery.protocol.frame.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The chain of one's own devices, looked at when a connection begins and whenever the relay says that it has
/// changed: begun by this device where there is none that anybody can sign for; asked to be joined where there
/// is; on it, the place where other devices are approved and ended.
final class OwnChain {
    private static final Logger LOG = LoggerFactory.getLogger(OwnChain.class);

    /// Before the relay is asked again that would not answer for the moment.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// An entry for the chain that is on its way.
    ///
    /// @param begins it is the first of a chain
    /// @param asked for whom
    private record Submission(long id, EncodedRecord record, boolean begins, Optional<Command.DeviceAct> asked) {}

    /// An offer to join that the relay has been sent.
    private record Offered(long id, Digest predecessor) {}

    private final Desk desk;
    private final Outside outside;
    private final RememberedChains chains;
    private final DeviceJudge judge;
    private final OfferJudge offers;
    private final Audience audience;
    private final Schedule.Task found; // when this device is found to be on the chain

    private DevicesView view = DevicesView.UNKNOWN;
    private List<DeviceOffer> waiting = List.of();
    private Optional<Submission> submitted = Optional.empty();
    private Optional<Offered> offered = Optional.empty();
    private boolean outrun; // on this connection, in beginning a chain
    private int session; // what was put off in an earlier one is void

    OwnChain(
            Desk desk,
            Outside outside,
            RememberedChains chains,
            DeviceJudge judge,
            Audience audience,
            Schedule.Task found) {
        this.desk = desk;
        this.outside = outside;
        this.chains = chains;
        this.judge = judge;
        this.offers = new OfferJudge(judge, desk.clock());
        this.audience = audience;
        this.found = found;
    }

    DevicesView view() {
        return view;
    }

    /// Asks the relay for it; [#shown] hears the answer.
    void look() {
        int asking = session;
        outside.directory().ask(new Query.ByAddress(desk.self()), answer -> {
            if (answer.isEmpty()) {
                outside.schedule().after(PAUSE, () -> {
                    if (asking == session) {
                        look();
                    }
                });
            }
        });
    }

    /// The relay has shown it.
    void shown(ChainNews news, DirectoryAnswer answer) throws StoreException {
        switch (news) {
            case ChainNews.None _ -> begin(Optional.empty());
            case ChainNews.Undecided(String why) ->
                desk.problems()
                        .wantsLists("nothing can be sent for now: the own device chain cannot be judged: " + why);
            case ChainNews.Broken(String why) ->
                trouble("the relay shows a chain of your own devices that does not hold: " + why);
            case ChainNews.Disputed(ChainChange change)
            when change == ChainChange.GONE -> begin(Optional.of("the relay does not have your device chain any more"));
            case ChainNews.Disputed(ChainChange change) ->
                trouble("the relay shows a chain of your own devices that you did not make: it " + change.words());
            case ChainNews.Begun _, ChainNews.Same _, ChainNews.Grown _, ChainNews.Back _ -> stand(answer);
        }
    }

    private void trouble(String sentence) {
        waiting = List.of();
        become(new DevicesView(DeviceStanding.DISPUTED, Optional.empty(), List.of(), List.of(), Optional.of(sentence)));
        desk.problems()
                .tell(
                        ProblemKind.DEVICE_CHAIN,
                        sentence,
                        "if you know why: client verify " + desk.self() + " --accept");
    }

    private void stand(DirectoryAnswer answer) throws StoreException {
        RememberedChain chain = chains.chain(desk.self()).orElseThrow();
        if (chain.devices().contains(desk.device())) {
            offered = Optional.empty();
            waiting = offers.open(chain.chain(), answer.offers(), Issuers.of(answer, desk));
            become(view(DeviceStanding.ON_CHAIN, Optional.empty(), chain, answer));
            found.run();
            return;
        }
        waiting = List.of();
        if (chain.chain().ended().contains(desk.device())) {
            become(view(DeviceStanding.ENDED, Optional.empty(), chain, answer));
        } else if (nobodySigns(chain, answer)) {
            begin(Optional.of("no device on your device chain can sign any longer"));
        } else {
            Earlier.leaveRoom(desk);
            offer(chain);
            SixWords words = SixWords.of(desk.self(), chain.first(), desk.device());
            become(view(DeviceStanding.WAITING, Optional.of(words), chain, answer));
            desk.problems()
                    .tell(
                            ProblemKind.DEVICE_CHAIN,
                            "this device waits to be approved by another one of yours; its six words are: " + words,
                            "on a device that you use already: client devices approve");
        }
    }

    /// Whether every device on the chain has a certificate that has ended or was revoked: the chain is over then, and
    /// the relay takes another. Of a device that the relay does not show nothing is said.
    private boolean nobodySigns(RememberedChain chain, DirectoryAnswer answer) {
        return chain.devices().stream()
                .allMatch(device -> entry(device, answer)
                        .map(this::state)
                        .filter(state -> state == DeviceState.REVOKED || state == DeviceState.EXPIRED)
                        .isPresent());
    }

    private static Optional<DirectoryEntry> entry(DeviceId device, DirectoryAnswer answer) {
        return answer.entries().stream()
                .filter(entry -> entry.device().equals(device))
                .findFirst();
    }

    private DeviceState state(DirectoryEntry entry) {
        try {
            judge.device(entry.chain(), desk.self());
            return DeviceState.VALID;
        } catch (PathValidationException e) {
            return DeviceState.of(e.failure());
        }
    }

    private DevicesView view(
            DeviceStanding standing, Optional<SixWords> words, RememberedChain chain, DirectoryAnswer answer) {
        List<DevicesView.OnChain> devices = new ArrayList<>();
        for (ChainLink link : chain.links()) {
            link.joins().filter(chain.devices()::contains).ifPresent(device -> {
                Optional<DirectoryEntry> entry = entry(device, answer);
                devices.add(new DevicesView.OnChain(
                        device,
                        link.at(),
                        device.equals(desk.device()),
                        entry.map(this::state),
                        entry.map(it -> it.chain().leaf().getNotAfter().toInstant()),
                        entry.map(DirectoryEntry::online).orElse(false)));
            });
        }
        return new DevicesView(
                standing,
                words,
                devices,
                waiting.stream()
                        .map(offer -> new DevicesView.Waiting(
                                offer.device(),
                                offer.statement().signedAt().getFirst(),
                                SixWords.of(desk.self(), chain.first(), offer.device())))
                        .toList(),
                Optional.empty());
    }

    private void become(DevicesView now) {
        if (!now.equals(view)) {
            view = now;
            audience.tell(new Event.OwnDevicesChanged(now));
        }
    }

    /// Begins a chain with this device.
    ///
    /// @param why there was one before
    private void begin(Optional<String> why) {
        if (submitted.isPresent()) {
            return;
        }
        why.ifPresent(reason -> desk.problems()
                .tell(
                        ProblemKind.DEVICE_CHAIN,
                        reason + ", so this device begins another; people whom you know will be warned",
                        "compare safety numbers with them anew: client verify ADDRESS"));
        submit(
                RecordSigner.sign(
                        desk.identity(),
                        ContentPurpose.DEVICE_ENTRY,
                        DeviceChain.first(desk.self(), desk.device()).encode(),
                        desk.clock().instant()),
                true,
                Optional.empty());
    }

    private void submit(SignedRecord record, boolean begins, Optional<Command.DeviceAct> asked) {
        long id = outside.directory().nextId();
        submitted = Optional.of(new Submission(id, record.encoded(), begins, asked));
        outside.relay().accept(new SubmitDevice(id, record.encoded()));
    }

    private void offer(RememberedChain chain) {
        if (offered.map(Offered::predecessor).equals(Optional.of(chain.head()))) {
            return;
        }
        DeviceEntry entry = chain.chain().next(new Act.Add(desk.device()));
        SignedRecord record = RecordSigner.sign(
                desk.identity(),
                ContentPurpose.DEVICE_ENTRY,
                entry.encode(),
                desk.clock().instant());
        long id = outside.directory().nextId();
        offered = Optional.of(new Offered(id, chain.head()));
        outside.relay().accept(new OfferDevice(id, record.encoded()));
    }

    /// Does what a person wants with one of their devices; [Event.DeviceActed] says what became of it.
    void act(Command.DeviceAct act) {
        if (view.standing() != DeviceStanding.ON_CHAIN) {
            acted(act, Optional.of("this device is not on your device chain, so it cannot sign for others"));
        } else if (submitted.isPresent()) {
            acted(act, Optional.of("another change of your devices is under way"));
        } else {
            switch (act) {
                case Command.ApproveDevice(DeviceId device) -> approve(act, device);
                case Command.EndDevice(DeviceId device) -> end(act, device);
            }
        }
    }

    private void approve(Command.DeviceAct act, DeviceId device) {
        Optional<DeviceOffer> offer = waiting.stream()
                .filter(candidate -> candidate.device().equals(device))
                .findFirst();
        if (offer.isEmpty()) {
            acted(act, Optional.of("no such device waits to be approved"));
            return;
        }
        try {
            SignedRecord both = RecordSigner.countersign(
                    offer.get().record().parse(), desk.identity(), desk.clock().instant());
            submit(both, false, Optional.of(act));
        } catch (RecordException e) {
            throw new IllegalStateException("a verified record is none", e);
        }
    }

    private void end(Command.DeviceAct act, DeviceId device) {
        RememberedChain chain = chains.chain(desk.self()).orElseThrow();
        if (!chain.devices().contains(device)) {
            acted(act, Optional.of("no such device is on your device chain"));
        } else if (chain.devices().size() == 1) {
            acted(act, Optional.of("it is the last one on your device chain: have its certificate revoked instead"));
        } else {
            submit(
                    RecordSigner.sign(
                            desk.identity(),
                            ContentPurpose.DEVICE_ENTRY,
                            chain.chain().next(new Act.End(device)).encode(),
                            desk.clock().instant()),
                    false,
                    Optional.of(act));
        }
    }

    private void acted(Command.DeviceAct act, Optional<String> failure) {
        audience.tell(new Event.DeviceActed(act, failure));
    }

    /// The relay has an entry on disk. Whoever asked for it is told when the chain has been looked at with it.
    void accepted(DeviceAccepted accepted) throws StoreException {
        Optional<Submission> done = submitted.filter(it -> it.id() == accepted.id());
        if (done.isEmpty()) {
            return;
        }
        if (done.get().begins()) {
            LOG.info("the device chain of {} has begun, with this device", desk.self());
            chains.begun(done.get().record());
        }
        outside.directory().ask(new Query.ByAddress(desk.self()), answer -> {
            submitted = Optional.empty(); // until here the next entry would not follow the last
            done.get().asked().ifPresent(act -> acted(act, Optional.empty()));
            if (answer.isEmpty()) {
                look();
            }
        });
    }

    /// The relay keeps the offer to join.
    void offered(DeviceOffered answer) {
        if (offered.map(Offered::id).equals(Optional.of(answer.id()))) {
            LOG.info("this device waits to be approved by another of {}", desk.self());
        }
    }

    /// Whether an answer is about what was submitted here.
    boolean isAbout(long id) {
        return submitted.map(Submission::id).equals(Optional.of(id))
                || offered.map(Offered::id).equals(Optional.of(id));
    }

    /// Another device was quicker, or the relay would not now: news of the chain, or the next connection, has
    /// it looked at again.
    void refused(Refused refused) {
        LOG.warn("the relay did not take an entry of the device chain: {} ({})", refused.detail(), refused.error());
        Optional<Submission> about = submitted.filter(it -> refused.queryId().equals(Optional.of(it.id())));
        if (about.isEmpty()) {
            return; // an offer, which is made again when the chain has gone on
        }
        submitted = Optional.empty();
        about.get()
                .asked()
                .ifPresent(act -> acted(
                        act,
                        Optional.of("the relay did not take it: " + refused.detail() + " (" + refused.error() + ")")));
        if (about.get().begins() && !outrun) {
            outrun = true;
            look();
        }
    }

    /// The connection is lost.
    void forget() {
        submitted
                .flatMap(Submission::asked)
                .ifPresent(act -> acted(act, Optional.of("the connection was lost before the relay had answered")));
        submitted = Optional.empty();
        offered = Optional.empty();
        waiting = List.of();
        outrun = false;
        session++;
        become(DevicesView.UNKNOWN);
    }
}
