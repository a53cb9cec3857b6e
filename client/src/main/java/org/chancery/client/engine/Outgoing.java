package org.chancery.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.Origin;
import org.chancery.client.store.OutboxEntry;
import org.chancery.client.store.SealedLetter;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.Frame.Publish;
import org.chancery.protocol.frame.Frame.Published;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.PublishKey;
import org.chancery.protocol.frame.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a text to a letter in the relay's log: queued, sealed, published, one at a time in each conversation, because
/// each letter names the one before it.
///
/// A text is in the store before anything else happens to it; a letter before it is sent. Whatever ends the process,
/// the next one goes on with the same octets.
final class Outgoing {
    private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

    /// How often the relay may find a seal outdated before the two sides are said to disagree.
    private static final int MAX_REFUSALS = 5;

    /// After this a letter that the relay may not have is signed anew: readers refuse one that the relay takes
    /// five minutes after it was signed.
    private static final Duration FRESH = Duration.ofMinutes(4);

    /// Before a letter is sent again that the relay could not take for the moment, where it does not say how
    /// long that is; and at most, whatever it says.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /// Room for the frame around a seal and a letter.
    private static final int FRAME_OVERHEAD = 1024;

    private final Desk desk;
    private final Outside outside;
    private final ContactBook book;
    private final Overview overview;
    private final LetterWriter writer;
    private final Transcript transcript;
    private final Map<ConversationId, Pending> conversations = new LinkedHashMap<>();
    private boolean open;
    private int session; // which connection this is; what was put off in an earlier one is void
    private int maxFrameBytes;

    Outgoing(Desk desk, Outside outside, ContactBook book, Overview overview, LetterWriter writer)
            throws StoreException {
        this.desk = desk;
        this.outside = outside;
        this.book = book;
        this.overview = overview;
        this.writer = writer;
        this.transcript = new Transcript(desk.store().conversations());
        for (OutboxEntry entry : desk.store().outbox().entries()) {
            pending(stored(entry).line().conversation()).add(entry);
        }
    }

    /// The relay can be published to from now on.
    void open(int frameLimitBytes) throws StoreException {
        open = true;
        maxFrameBytes = frameLimitBytes;
        for (Pending pending : List.copyOf(conversations.values())) {
            advance(pending);
        }
    }

    /// The connection is lost: every letter without an answer is sent again on the next.
    void close() {
        open = false;
        session++;
        conversations.values().forEach(Pending::pause);
    }

    /// Stores a text and, where possible, sends it.
    void text(Address to, String text) throws StoreException {
        ConversationId id = ConversationId.direct(desk.self(), to);
        Line line = new Line(
                id,
                to,
                desk.self(),
                Optional.of(desk.device()),
                true,
                text,
                desk.clock().instant(),
                Optional.empty(),
                OptionalLong.empty(),
                to.equals(desk.self()) ? Optional.of("that is one's own address") : Optional.empty());
        List<StoredLine> made = new ArrayList<>();
        desk.store().commit(() -> {
            desk.store().conversations().put(desk.conversation(id, to));
            StoredLine stored = desk.store()
                    .history()
                    .add(draft(), line)
                    .orElseThrow(() -> new IllegalStateException("a random draft exists already"));
            if (line.failure().isEmpty()) {
                desk.store().outbox().put(new OutboxEntry(stored.id(), List.of()));
            }
            made.add(stored);
        });
        StoredLine stored = made.getFirst();
        overview.stored(stored);
        if (line.failure().isEmpty()) {
            pending(id).add(new OutboxEntry(stored.id(), List.of()));
            advance(pending(id));
        }
    }

    /// The letter that waits for the relay's answer in a conversation.
    Optional<Digest> underWay(ConversationId conversation) {
        return Optional.ofNullable(conversations.get(conversation))
                .flatMap(Pending::first)
                .flatMap(OutboxEntry::newest)
                .map(newest -> newest.letter().hash());
    }

    private void advance(Pending pending) throws StoreException {
        Optional<OutboxEntry> first = pending.first();
        if (!open || first.isEmpty() || !pending.begin()) {
            return;
        }
        Optional<SealedLetter> newest = first.get().newest();
        if (newest.isPresent() && (pending.isTaken() || isFresh(newest.get()))) {
            publish(pending, first.get(), newest.get());
        } else {
            seal(pending, first.get());
        }
    }

    private boolean isFresh(SealedLetter letter) {
        return letter.sealedAt().plus(FRESH).isAfter(desk.clock().instant());
    }

    /// Seals the first entry, once the directory has said who the readers are.
    private void seal(Pending pending, OutboxEntry entry) throws StoreException {
        Address with = stored(entry).line().with();
        for (Address address : List.of(with, desk.self())) {
            if (!book.isListed(address)) {
                ask(pending, entry, address);
                return;
            }
        }
        switch (book.readers(with)) {
            case Readers.None(String sentence) -> fail(pending, entry, sentence);
            case Readers.Undecided(String sentence) -> hold(pending, sentence);
            case Readers.Some(var theirs) -> {
                switch (book.readers(desk.self())) {
                    case Readers.Undecided(String sentence) -> hold(pending, sentence);
                    case Readers.None _ -> sealTo(pending, entry, new LetterWriter.Recipients(theirs, List.of()));
                    case Readers.Some(var own) -> sealTo(pending, entry, new LetterWriter.Recipients(theirs, own));
                }
            }
        }
    }

    private void ask(Pending pending, OutboxEntry entry, Address address) {
        outside.directory().ask(new Query.ByAddress(address), answer -> {
            if (answer.isEmpty()) {
                later(pending, PAUSE);
                return;
            }
            book.takeListing(address, answer.get().entries());
            overview.contactsMayHaveChanged();
            if (pending.isFirst(entry)) { // and was not decided while the directory was asked
                seal(pending, entry);
            }
        });
    }

    private void sealTo(Pending pending, OutboxEntry entry, LetterWriter.Recipients recipients) throws StoreException {
        StoredLine text = stored(entry);
        Conversation conversation = desk.conversation(pending.id(), text.line().with());
        switch (writer.write(conversation, text.line(), recipients)) {
            case LetterWriter.Written.Unsealable(String sentence) -> fail(pending, entry, sentence);
            case LetterWriter.Written.Ready(SealedLetter letter) -> {
                OutboxEntry ready = entry.with(letter);
                desk.store().commit(() -> {
                    desk.store().history().replace(origin(letter.letter().header()), text);
                    desk.store().outbox().put(ready);
                });
                pending.replaceFirst(ready);
                publish(pending, ready, letter);
            }
        }
    }

    private void publish(Pending pending, OutboxEntry entry, SealedLetter letter) throws StoreException {
        Line line = stored(entry).line();
        int octets = letter.seal().der().length + letter.letter().der().length + FRAME_OVERHEAD;
        if (octets > maxFrameBytes) {
            fail(
                    pending,
                    entry,
                    "the message is too long for this relay: " + octets + " octets, at most " + maxFrameBytes);
            return;
        }
        outside.relay().accept(new Publish(Optional.of(letter.seal()), letter.letter(), Optional.of(line.with())));
    }

    /// The relay has a letter durably.
    void published(Published answer) throws StoreException {
        Pending pending = conversations.get(answer.conversation());
        Optional<OutboxEntry> first = pending == null
                ? Optional.empty()
                : pending.first(new PublishKey(answer.conversation(), answer.chain(), answer.counter()));
        if (pending == null || first.isEmpty()) {
            LOG.debug("an answer to a letter that waits for none");
            return;
        }
        SealedLetter sealed = first.get().newest().orElseThrow();
        Digest letter = sealed.letter().hash();
        Digest claimed = answer.transcript();
        StoredLine text = stored(first.get());
        StoredLine published = new StoredLine(text.id(), text.line().published(answer.sequence()));
        Conversation conversation = desk.conversation(pending.id(), text.line().with());
        if (transcript.judge(conversation, answer.sequence(), letter, claimed, Optional.empty())
                instanceof Transcript.Finding.Contradiction) {
            overview.problem(
                    ProblemKind.RELAY_INCONSISTENT,
                    "with " + text.line().with() + ": " + LetterFailure.TRANSCRIPT_MISMATCH.clause(),
                    Optional.empty());
        }
        desk.store().commit(() -> {
            desk.store().history().replace(origin(sealed.letter().header()), published);
            desk.store().outbox().remove(text.id());
            desk.store()
                    .conversations()
                    .put(transcript
                            .remember(conversation, answer.sequence(), claimed)
                            .wrote(letter));
        });
        pending.removeFirst();
        overview.changed(published);
        advance(pending);
    }

    /// The relay did not take a letter.
    ///
    /// @param retryAfter when it might, where that is a matter of time
    void refused(PublishKey key, ProtocolError error, String detail, Optional<Duration> retryAfter)
            throws StoreException {
        Pending pending = conversations.get(key.conversation());
        Optional<OutboxEntry> first = pending == null ? Optional.empty() : pending.first(key);
        if (pending == null || first.isEmpty()) {
            return;
        }
        OutboxEntry entry = first.get();
        Address with = stored(entry).line().with();
        LOG.info("the relay did not take letter {} of {}: {}", key.counter(), key.conversation(), error);
        switch (error) {
            case STALE_SEAL, UNKNOWN_SEAL -> {
                book.forgetListing(with);
                book.forgetListing(desk.self());
                sealAnew(pending, entry);
            }
            case COUNTER_OUT_OF_ORDER -> {
                if (entry.letters().size() > 1) {
                    sendEarlier(pending, entry);
                } else {
                    beginChain(pending, entry, desk.conversation(pending.id(), with));
                }
            }
            case UNKNOWN_ADDRESS -> fail(pending, entry, "nobody could read the message: " + detail);
            case QUOTA_EXCEEDED -> fail(pending, entry, "the relay keeps no more of what you wrote: " + detail);
            case TOO_MANY, OUT_OF_SPACE, INTERNAL -> later(pending, retryAfter.orElse(PAUSE));
            case SHUTTING_DOWN -> {} // the connection ends; the next one sends it again
            case STALE_REVOCATION -> hold(pending, "the relay's revocation lists are too old");
            case MALFORMED_FRAME,
                    FRAME_TOO_LARGE,
                    UNSUPPORTED_VERSION,
                    NOT_AUTHORISED,
                    NOT_A_MEMBER,
                    // These are about records and files, which a letter is not.
                    STALE,
                    INVALID_RECORD,
                    NOT_ALLOWED,
                    OUT_OF_TIME,
                    NO_SUCH_FILE,
                    OFFSET_MISMATCH ->
                fail(pending, entry, "the relay did not take the message: " + detail + " (" + error + ")");
        }
    }

    /// The relay holds another letter with this number: the one that was signed before the newest.
    private void sendEarlier(Pending pending, OutboxEntry entry) throws StoreException {
        OutboxEntry earlier = entry.withoutNewest();
        desk.store().outbox().put(earlier);
        pending.replaceFirst(earlier);
        pending.markTaken();
        publish(pending, earlier, earlier.newest().orElseThrow());
    }

    /// The relay's log does not have this chain as this device remembers it. Where the log has become another
    /// one, that is what it lost, and the text goes out on a new chain. Where it is the one it was, a relay that
    /// says so may have taken the letter all the same: on its word no text is sent twice, only the next go on.
    private void beginChain(Pending pending, OutboxEntry entry, Conversation conversation) throws StoreException {
        Conversation restarted = conversation.restarted(ChainId.random(desk.random()));
        if (conversation.inDoubt()) {
            seal(pending, unsealed(pending, entry, restarted));
        } else {
            desk.store().conversations().put(restarted);
            fail(pending, entry, "the relay did not accept the message's number, so whether it arrived is not known");
        }
    }

    private void sealAnew(Pending pending, OutboxEntry entry) throws StoreException {
        if (pending.refused() > MAX_REFUSALS) {
            fail(
                    pending,
                    entry,
                    "the relay and this client do not agree on the devices of "
                            + stored(entry).line().with() + ", so the message was not sent");
            return;
        }
        Conversation conversation =
                desk.conversation(pending.id(), stored(entry).line().with());
        seal(pending, unsealed(pending, entry, conversation));
    }

    /// The first entry without its newest letter, to be sealed anew in `conversation` as it is from now on.
    private OutboxEntry unsealed(Pending pending, OutboxEntry entry, Conversation conversation) throws StoreException {
        OutboxEntry unsealed = entry.withoutNewest();
        StoredLine text = stored(entry);
        desk.store().commit(() -> {
            desk.store().conversations().put(conversation);
            desk.store().history().replace(draft(), text);
            desk.store().outbox().put(unsealed);
        });
        pending.replaceFirst(unsealed);
        return unsealed;
    }

    private void fail(Pending pending, OutboxEntry entry, String sentence) throws StoreException {
        StoredLine text = stored(entry);
        StoredLine failed = new StoredLine(text.id(), text.line().failed(sentence));
        desk.store().commit(() -> {
            // As a draft again: its number on the chain is free for the next letter.
            desk.store().history().replace(draft(), failed);
            desk.store().outbox().remove(text.id());
        });
        pending.removeFirst();
        overview.changed(failed);
        advance(pending);
    }

    /// Waits for new revocation lists, after which [#open] is called again.
    private void hold(Pending pending, String why) {
        pending.pause();
        overview.problem(
                ProblemKind.REVOCATION_LIST,
                "nothing can be sent for now: " + why,
                Optional.of("publish fresh lists (ca crl) and start the relay with --crl for each authority"));
    }

    private void later(Pending pending, Duration pause) {
        int asking = session;
        outside.schedule().after(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE, () -> {
            if (asking == session) {
                pending.pause();
                advance(pending);
            }
        });
    }

    private Pending pending(ConversationId id) {
        return conversations.computeIfAbsent(id, Pending::new);
    }

    private StoredLine stored(OutboxEntry entry) throws StoreException {
        return desk.store()
                .history()
                .find(entry.message())
                .orElseThrow(() -> new IllegalStateException("message " + entry.message() + " of the outbox is gone"));
    }

    private Origin draft() {
        return new Origin.Draft(new UUID(desk.random().nextLong(), desk.random().nextLong()));
    }

    private static Origin origin(LetterHeader header) {
        return new Origin.Letter(header.sender(), header.chain(), header.counter());
    }
}
