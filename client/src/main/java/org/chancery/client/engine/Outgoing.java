package org.chancery.client.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.OutboxEntry;
import org.chancery.client.store.Party;
import org.chancery.client.store.SealedLetter;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Clocks;
import org.chancery.protocol.frame.Frame.Publish;
import org.chancery.protocol.frame.Frame.Published;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.PublishKey;
import org.chancery.protocol.frame.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From what is said to a letter in the relay's log: queued, sealed, published, one at a time in each conversation,
/// because each letter names the one before it.
///
/// A message is in the store before anything else happens to it; a letter before it is sent. Whatever ends the process,
/// the next one goes on with the same octets.
final class Outgoing {
    private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

    /// How often the relay may find a seal outdated before the two sides are said to disagree.
    private static final int MAX_REFUSALS = 5;

    /// Before a letter is sent again that the relay could not take for the moment, where it does not say how
    /// long that is; and at most, whatever it says.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /// Room for the frame around a seal and a letter.
    private static final int FRAME_OVERHEAD = 1024;

    private final Desk desk;
    private final Outside outside;
    private final ContactBook book;
    private final Circle circle;
    private final Overview overview;
    private final Postbox postbox;
    private final Epochs epochs;
    private final LetterWriter writer;
    private final Map<ConversationId, Pending> conversations = new LinkedHashMap<>();
    private boolean open;
    private int maxFrameBytes;

    Outgoing(
            Desk desk,
            Outside outside,
            ContactBook book,
            Circle circle,
            Overview overview,
            Epochs epochs,
            LetterWriter writer,
            Titles titles,
            Amending amending)
            throws StoreException {
        this.desk = desk;
        this.outside = outside;
        this.book = book;
        this.circle = circle;
        this.overview = overview;
        this.postbox = new Postbox(desk, overview, titles, amending);
        this.epochs = epochs;
        this.writer = writer;
        for (OutboxEntry entry : postbox.entries()) {
            pending(postbox.line(entry).line().conversation()).add(entry);
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

    /// The relay's log is another one: what was signed names places of the old one, and is signed anew.
    void anotherLog() throws StoreException {
        for (Pending pending : conversations.values()) {
            Optional<OutboxEntry> first = pending.first();
            if (first.isPresent() && first.get().newest().isPresent()) {
                pending.replaceFirst(postbox.outdated(first.get()));
                pending.markOpen();
            }
        }
    }

    boolean isOpen() {
        return open;
    }

    /// How much of a conversation waits for the relay.
    int waiting(ConversationId conversation) {
        Pending pending = conversations.get(conversation);
        return pending == null ? 0 : pending.size();
    }

    /// The connection is lost: every letter without an answer is sent again on the next.
    void close() {
        open = false;
        conversations.values().forEach(Pending::pause);
    }

    /// Stores a message and, where possible, sends it.
    void say(Party to, Body body) throws StoreException {
        Pending pending = pending(to.conversation());
        pending.add(postbox.queue(to, body));
        advance(pending);
    }

    /// A room has another membership: what waited for that goes on.
    void roomChanged(ConversationId room) throws StoreException {
        Pending pending = conversations.get(room);
        if (pending != null && pending.awaitsRoom()) {
            pending.pause();
            advance(pending);
        }
    }

    /// The letters of which the relay may have one, and has not said so, in a conversation.
    List<Digest> underWay(ConversationId conversation) {
        return Optional.ofNullable(conversations.get(conversation))
                .flatMap(Pending::first)
                .map(OutboxEntry::letters)
                .orElse(List.of())
                .stream()
                .map(attempt -> attempt.letter().hash())
                .toList();
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
        return letter.sealedAt().plus(Clocks.FRESH).isAfter(desk.clock().instant());
    }

    private void seal(Pending pending, OutboxEntry entry) throws StoreException {
        seal(pending, entry, false);
    }

    /// Seals the first entry, once the directory has said who the readers are. That nobody reads is believed of an
    /// answer to this very question alone: who was dormant may have come back since the last one.
    private void seal(Pending pending, OutboxEntry entry, boolean asked) throws StoreException {
        switch (circle.of(postbox.line(entry).line().party())) {
            case Circle.Answer.Unlisted(Set<Address> people) -> ask(pending, entry, people);
            case Circle.Answer.NotYet(Set<Address> people) -> {
                people.forEach(book::forgetListing);
                later(pending, PAUSE);
            }
            case Circle.Answer.Closed(String sentence) -> settle(pending, entry, sentence);
            case Circle.Answer.Nobody(String sentence) -> {
                if (asked) {
                    settle(pending, entry, sentence);
                } else {
                    Set<Address> people =
                            circle.people(postbox.line(entry).line().party());
                    people.forEach(book::forgetListing);
                    ask(pending, entry, people);
                }
            }
            case Circle.Answer.Unsure() -> pending.awaitRoom();
            case Circle.Answer.Undecided(String sentence) -> hold(pending, sentence);
            case Circle.Answer.Known(Readership readership) -> sealTo(pending, entry, readership);
        }
    }

    /// Nobody is there to seal to by now. Where an earlier letter of the message has had no answer, the relay
    /// is asked with it: it may have taken it when somebody was.
    private void settle(Pending pending, OutboxEntry entry, String sentence) throws StoreException {
        Optional<SealedLetter> unanswered = entry.newest();
        if (unanswered.isPresent()) {
            publish(pending, entry, unanswered.get());
        } else {
            fail(pending, entry, sentence);
        }
    }

    /// The last of the answers brings the message on.
    private void ask(Pending pending, OutboxEntry entry, Set<Address> people) {
        int turn = pending.turn();
        for (Address address : people) {
            outside.directory().ask(new Query.ByAddress(address), answer -> {
                if (answer.isEmpty()) {
                    later(pending, PAUSE);
                    return;
                }
                desk.store().commit(() -> book.takeListing(address, answer.get().entries()));
                overview.contactsMayHaveChanged();
                boolean all = people.stream().allMatch(book::isListed);
                if (all && turn == pending.turn()) { // and was not decided in between
                    seal(pending, entry, true);
                }
            });
        }
    }

    private void sealTo(Pending pending, OutboxEntry entry, Readership readership) throws StoreException {
        Optional<Body> body = postbox.line(entry).line().body();
        if (body.isEmpty()) {
            fail(pending, entry, "it was deleted before it was sent");
            return;
        }
        switch (writer.write(postbox.conversation(entry), body.get(), readership)) {
            case LetterWriter.Written.Unsealable(String sentence) -> fail(pending, entry, sentence);
            case LetterWriter.Written.Ready(SealedLetter letter, byte[] signedDataDer) -> {
                OutboxEntry ready = postbox.sealed(entry, letter, signedDataDer);
                pending.replaceFirst(ready);
                publish(pending, ready, letter);
            }
        }
    }

    private void publish(Pending pending, OutboxEntry entry, SealedLetter letter) throws StoreException {
        int seal = letter.seal().map(Seal::der).map(der -> der.length).orElse(0);
        int octets = seal + letter.letter().derLength() + FRAME_OVERHEAD;
        if (octets > maxFrameBytes) {
            fail(
                    pending,
                    entry,
                    "the message is too long for this relay: " + octets + " octets, at most " + maxFrameBytes);
            return;
        }
        Optional<Address> person = postbox.line(entry).line().party().person();
        outside.relay().accept(new Publish(letter.seal(), letter.letter(), person));
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
        postbox.published(first.get(), answer);
        first.get()
                .newest()
                .flatMap(SealedLetter::seal)
                .ifPresent(seal -> epochs.uploaded(answer.conversation(), seal));
        pending.removeFirst();
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
        LOG.info("the relay did not take letter {} of {}: {}", key.counter(), key.conversation(), error);
        switch (error) {
            case STALE_SEAL -> {
                circle.people(postbox.line(entry).line().party()).forEach(book::forgetListing);
                sealAnew(pending, entry);
            }
            case UNKNOWN_SEAL -> {
                epochs.end(pending.id());
                sealAnew(pending, entry);
            }
            case COUNTER_OUT_OF_ORDER -> {
                if (entry.letters().size() > 1) {
                    sendEarlier(pending, entry);
                } else {
                    beginChain(pending, entry, postbox.conversation(entry));
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

    /// The room's record has entries that this client has not applied yet: they are on their way, and change who reads.
    void staleRoom(PublishKey key) throws StoreException {
        Pending pending = conversations.get(key.conversation());
        Optional<OutboxEntry> first = pending == null ? Optional.empty() : pending.first(key);
        if (pending != null && first.isPresent()) {
            pending.replaceFirst(postbox.unsealed(first.get(), postbox.conversation(first.get())));
            pending.awaitRoom();
        }
    }

    /// The relay holds another letter with this number: the one that was signed before the newest.
    private void sendEarlier(Pending pending, OutboxEntry entry) throws StoreException {
        OutboxEntry earlier = postbox.earlier(entry);
        pending.replaceFirst(earlier);
        pending.markTaken();
        publish(pending, earlier, earlier.newest().orElseThrow());
    }

    /// The relay's log does not have this chain as this device remembers it. Where the log has become another
    /// one, that is what it lost, and the text goes out on a new chain. Where it is the one it was, a relay that
    /// says so may have taken the letter all the same: on its word no text is sent twice, only the next go on.
    ///
    /// Where the log is the one it was, this store may be an older copy of what it was, put back by hand: then
    /// others have letters of this device that are not here, and they are asked for.
    private void beginChain(Pending pending, OutboxEntry entry, Conversation conversation) throws StoreException {
        Conversation restarted = conversation.restarted(ChainId.random(desk.random()));
        desk.store().commit(() -> {
            desk.store()
                    .continuations()
                    .begin(conversation, desk.device(), desk.store().history().newest(), false);
            desk.store().conversations().put(restarted);
        });
        if (conversation.inDoubt()) {
            seal(pending, unsealed(pending, entry, restarted));
        } else {
            Party party = conversation.party();
            fail(pending, entry, "the relay did not accept the message's number, so whether it arrived is not known");
            say(
                    party,
                    new Body.Ask(desk.device(), conversation.chain(), conversation.counter() + 1, Body.Ask.MAX_COUNT));
        }
    }

    private void sealAnew(Pending pending, OutboxEntry entry) throws StoreException {
        if (pending.refused() > MAX_REFUSALS) {
            String where = overview.title(postbox.line(entry).line().party());
            fail(
                    pending,
                    entry,
                    "the relay and this client do not agree on the devices of " + where
                            + ", so the message was not sent");
            return;
        }
        seal(pending, unsealed(pending, entry, postbox.conversation(entry)));
    }

    private OutboxEntry unsealed(Pending pending, OutboxEntry entry, Conversation conversation) throws StoreException {
        OutboxEntry unsealed = postbox.unsealed(entry, conversation);
        pending.replaceFirst(unsealed);
        return unsealed;
    }

    private void fail(Pending pending, OutboxEntry entry, String sentence) throws StoreException {
        postbox.failed(entry, sentence);
        pending.removeFirst();
        advance(pending);
    }

    /// Waits for new revocation lists, after which [#open] is called again.
    private void hold(Pending pending, String why) {
        pending.pause();
        desk.problems().wantsLists("nothing can be sent for now: " + why);
    }

    private void later(Pending pending, Duration pause) {
        int turn = pending.turn();
        outside.schedule().after(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE, () -> {
            if (turn == pending.turn()) {
                pending.pause();
                advance(pending);
            }
        });
    }

    private Pending pending(ConversationId id) {
        return conversations.computeIfAbsent(id, Pending::new);
    }
}
