package org.chancery.client.engine;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.chancery.client.room.EntryJudge;
import org.chancery.client.room.RoomBook;
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
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;
import org.chancery.protocol.frame.Query;

/// What an engine is made of, each part with those it works with: put together once, and in this one place.
final class Parts {
    final SharedCommit commit;
    final HeldRevocations revocations;
    final DeviceJudge judge;
    final ContactBook book;
    final Messages messages;
    final Overview overview;
    final Directory directory;
    final People people;
    final RoomBook rooms;
    final Epochs epochs;
    final Outgoing outgoing;
    final Restoration restoration;
    final Remarks remarks;
    final Asking asking;
    final OwnNotes ownNotes;
    final ReadNotes readNotes;
    final RoomRecords records;
    final RoomActs roomActs;
    final Incoming incoming;
    final Recovery recovery;
    final HandingOver handingOver;
    final Lapses lapses;
    final FileTransfers files;
    final OwnChain ownChain;
    final RememberedChains chains;
    final ChainWatch chainWatch;
    final TrustActs trustActs;
    final OwnKeys ownKeys;
    final Listings listings;

    /// @param relay says a frame on the connection that there is, from any thread
    /// @param files what comes of transfers, on threads of theirs
    /// @param openOutgoing to be tried when one's own device or its keys stand otherwise than before
    Parts(
            EngineConfig config,
            Desk desk,
            Audience audience,
            Schedule schedule,
            Outworld outworld,
            Consumer<Frame> relay,
            Consumer<TransferNews> files,
            Schedule.Task openOutgoing)
            throws StoreException {
        HeldFrames frames = new HeldFrames(relay);
        this.commit = new SharedCommit(desk.store(), audience, frames);
        List<X509Certificate> issuers = new ArrayList<>(config.anchors().certificates());
        issuers.addAll(config.identity().chain().issuers());
        this.revocations = new HeldRevocations(desk.store().crls(), issuers, config.revocationGrace());
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
        this.epochs = new Epochs(outworld.sealing(), desk.clock(), config.epochLetters());
        this.restoration = new Restoration(desk, rooms, overview);
        Titles titles = new Titles(desk, rooms, overview);
        Circle circle = new Circle(desk, book, rooms, restoration::isUnsure);
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
        this.remarks = new Remarks(desk, circle, outgoing);
        this.asking = new Asking(desk, rooms, schedule, outgoing, outworld.sealing());
        this.ownNotes = new OwnNotes(desk, book, overview, schedule, outgoing);
        this.readNotes = new ReadNotes(desk, circle, outgoing, ownNotes, schedule, config.readNotes());
        Places places = new Places(desk, rooms, this::underWay);
        RoomNews news = new RoomNews(desk, outgoing, titles);
        this.records =
                new RoomRecords(desk, outside, book, rooms, new EntryJudge(judge), overview, places, news, restoration);
        Entries entries = new Entries(desk, outside, rooms, records, chains, overview, places, news);
        this.roomActs = new RoomActs(desk, outside, rooms, entries, records, outgoing, audience);
        LetterJudge letterJudge = new LetterJudge(desk, book, rooms, judge, chains, outworld.sealing());
        HandedOn handedOn = new HandedOn(desk, rooms, letterJudge, places, amending, this::isRecovering);
        this.lapses = new Lapses(desk, outside, overview);
        this.incoming = new Incoming(
                outside,
                commit,
                book,
                letterJudge,
                handedOn,
                new Receipt(
                        desk,
                        overview,
                        rooms,
                        chains,
                        places,
                        revocations,
                        titles,
                        amending,
                        new Asides(desk, asking, handedOn, ownNotes)),
                entries,
                records,
                lapses);
        this.recovery = new Recovery(desk, outside, incoming, rooms, records, asking, openOutgoing);
        this.handingOver = new HandingOver(desk, outside, book, chains, outgoing, audience, outworld.sealing());
        this.files = new FileTransfers(desk, commit, relay, outgoing, audience, files);
        this.ownChain = new OwnChain(desk, outside, chains, judge, audience, openOutgoing);
        this.ownKeys = new OwnKeys(desk, outside, outworld.keys(), outworld.making(), outworld.sealing(), keyJudge);
        this.trustActs = new TrustActs(desk, outside, book, chains, ownNotes, overview, audience);
        this.chainWatch = new ChainWatch(desk, book, chains, ownChain, trustActs, overview);
        ownNotes.marks(trustActs::told);
        this.listings = new Listings(outside, new ListingMaker(desk, judge, chainJudge, book), audience);
    }

    private boolean isRecovering() {
        return recovery.isFetching();
    }

    private List<List<Digest>> underWay(ConversationId conversation) {
        return List.of(roomActs.underWay(conversation), outgoing.underWay(conversation));
    }

    private void shown(Query query, DirectoryAnswer answer) throws StoreException {
        commit.of(() -> chainWatch.shown(query, answer));
    }
}
