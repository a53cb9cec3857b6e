package org.chancery.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
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

/// What waits to be published in one conversation: sealed and published one after the other, because each letter names
/// the one before it. For the engine's thread.
final class SendQueue {
    private static final Logger LOG = LoggerFactory.getLogger(SendQueue.class);

    /// How often the relay may find a seal outdated before the two sides are said to disagree.
    private static final int MAX_REFUSALS = 5;

    /// Before a letter is sent again that the relay could not take for the moment, where it does not say how
    /// long that is; and at most, whatever it says.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /// Room for the frame around a seal and a letter.
    private static final int FRAME_OVERHEAD = 1024;

    /// What all of them work with.
    record Means(
            Desk desk,
            Outside outside,
            ContactBook book,
            Circle circle,
            Overview overview,
            Postbox postbox,
            Epochs epochs,
            LetterWriter writer) {}

    private final Desk desk;
    private final Outside outside;
    private final ContactBook book;
    private final Circle circle;
    private final Overview overview;
    private final Postbox postbox;
    private final Epochs epochs;
    private final LetterWriter writer;
    private final Pending pending;
    private final IntSupplier frameLimit;
    private boolean advancing;
    private boolean again; // what was first meanwhile is done with

    /// @param frameLimit octets that the relay takes in a frame; 0 while nothing can be published
    SendQueue(ConversationId conversation, Means means, IntSupplier frameLimit) {
        this.desk = means.desk();
        this.outside = means.outside();
        this.book = means.book();
        this.circle = means.circle();
        this.overview = means.overview();
        this.postbox = means.postbox();
        this.epochs = means.epochs();
        this.writer = means.writer();
        this.pending = new Pending(conversation);
        this.frameLimit = frameLimit;
    }

    /// Takes what an earlier process has left.
    void restore(OutboxEntry entry) {
        pending.add(entry);
    }

    int size() {
        return pending.size();
    }

    /// Stores a message and, where possible, sends it.
    void say(Party to, Body body) throws StoreException {
        pending.add(postbox.queue(to, body));
        advance();
    }

    /// The connection is lost: a letter without an answer is sent again on the next.
    void pause() {
        pending.pause();
    }

    /// The room has another membership: what waited for that goes on.
    void roomChanged() throws StoreException {
        if (pending.awaitsRoom()) {
            pending.pause();
            advance();
        }
    }

    /// The relay's log is another one. What was signed for the old one names its places, and is signed anew: under
    /// a number of a new chain, for the relay may have taken it, brought it to somebody and lost it, and nobody is
    /// to have two letters under one number. Part of a commit.
    void anotherLog() throws StoreException {
        Optional<OutboxEntry> first = pending.first();
        if (first.isPresent() && first.get().newest().isPresent()) {
            pending.replaceFirst(postbox.unsigned(first.get(), restarted(postbox.conversation(first.get()))));
            pending.markOpen();
        }
    }

    /// Begins another chain in a conversation. Part of a commit.
    private Conversation restarted(Conversation conversation) throws StoreException {
        Conversation restarted = conversation.restarted(ChainId.random(desk.random()));
        desk.store()
                .continuations()
                .begin(conversation, desk.device(), desk.store().history().newest(), false);
        desk.store().conversations().put(restarted);
        return restarted;
    }

    /// The letters of which the relay may have one, and has not said so.
    List<Digest> underWay() {
        return pending.first().map(OutboxEntry::letters).orElse(List.of()).stream()
                .map(attempt -> attempt.letter().hash())
                .toList();
    }

    /// Brings on what comes first, and what comes behind it once that is done with. Whatever ends one of them ends up
    /// here again: many may end in a row, and each is a turn of this loop.
    void advance() throws StoreException {
        again = true;
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            while (again) {
                again = false;
                Optional<OutboxEntry> first = pending.first();
                if (frameLimit.getAsInt() > 0 && first.isPresent() && pending.begin()) {
                    step(first.get());
                }
            }
        } finally {
            advancing = false;
        }
    }

    private void step(OutboxEntry entry) throws StoreException {
        Optional<SealedLetter> newest = entry.newest();
        if (newest.isPresent() && (pending.isTaken() || isFresh(newest.get()))) {
            publish(entry, newest.get());
        } else if (newest.isPresent() && pending.isRefused()) {
            seal(unsealed(entry, postbox.conversation(entry)), false);
        } else {
            seal(entry, false);
        }
    }

    private boolean isFresh(SealedLetter letter) {
        return letter.sealedAt().plus(Clocks.FRESH).isAfter(desk.clock().instant());
    }

    /// Seals the first entry, once the directory has said who the readers are. That nobody reads is believed of an
    /// answer to this very question alone: who was dormant may have come back since the last one.
    private void seal(OutboxEntry entry, boolean asked) throws StoreException {
        switch (circle.of(postbox.line(entry).line().party())) {
            case Circle.Answer.Unlisted(Set<Address> people) -> ask(entry, people);
            case Circle.Answer.NotYet(Set<Address> people) -> {
                people.forEach(book::forgetListing);
                later(PAUSE);
            }
            case Circle.Answer.Closed(String sentence) -> settle(entry, sentence);
            case Circle.Answer.Nobody(String sentence) -> {
                if (asked) {
                    settle(entry, sentence);
                } else {
                    Set<Address> people =
                            circle.people(postbox.line(entry).line().party());
                    people.forEach(book::forgetListing);
                    ask(entry, people);
                }
            }
            case Circle.Answer.Unsure() -> pending.awaitRoom();
            case Circle.Answer.Undecided(String sentence) -> hold(sentence);
            case Circle.Answer.Known(Readership readership) -> sealTo(entry, readership);
        }
    }

    /// No other letter can be written. Where an earlier one of the message has had no answer, the relay is asked with
    /// it: it may have taken it, and its number would else be used twice.
    private void settle(OutboxEntry entry, String sentence) throws StoreException {
        Optional<SealedLetter> unanswered = entry.newest();
        if (unanswered.isPresent()) {
            publish(entry, unanswered.get());
        } else {
            fail(entry, sentence);
        }
    }

    /// The last of the answers brings the message on. What one of them said another conversation may have forgotten
    /// by then: then that is asked once more.
    private void ask(OutboxEntry entry, Set<Address> people) {
        int turn = pending.turn();
        Set<Address> open = new HashSet<>(people);
        for (Address address : people) {
            outside.directory().ask(new Query.ByAddress(address), answer -> {
                if (answer.isEmpty()) {
                    later(PAUSE);
                    return;
                }
                desk.store().commit(() -> book.takeListing(address, answer.get().entries()));
                overview.contactsMayHaveChanged();
                open.remove(address);
                if (open.isEmpty() && turn == pending.turn()) { // and was not decided in between
                    seal(entry, people.stream().allMatch(book::isListed));
                }
            });
        }
    }

    private void sealTo(OutboxEntry entry, Readership readership) throws StoreException {
        Optional<Body> body = postbox.line(entry).line().body();
        if (body.isEmpty()) {
            settle(entry, "it was deleted before it was sent");
            return;
        }
        switch (writer.write(postbox.conversation(entry), body.get(), readership)) {
            case LetterWriter.Written.Unsealable(String sentence) -> settle(entry, sentence);
            case LetterWriter.Written.Ready(SealedLetter letter, byte[] signedDataDer) -> {
                OutboxEntry ready = postbox.sealed(entry, letter, signedDataDer);
                pending.replaceFirst(ready);
                publish(ready, letter);
            }
        }
    }

    private void publish(OutboxEntry entry, SealedLetter letter) throws StoreException {
        int seal = letter.seal().map(Seal::der).map(der -> der.length).orElse(0);
        int octets = seal + letter.letter().derLength() + FRAME_OVERHEAD;
        if (octets > frameLimit.getAsInt()) {
            fail(
                    entry,
                    "the message is too long for this relay: " + octets + " octets, at most " + frameLimit.getAsInt());
            return;
        }
        Optional<Address> person = postbox.line(entry).line().party().person();
        pending.markSent();
        outside.relay().accept(new Publish(letter.seal(), letter.letter(), person));
    }

    /// The relay holds another letter with this number: the one that was signed before the newest.
    private void sendEarlier(OutboxEntry entry) throws StoreException {
        OutboxEntry earlier = postbox.earlier(entry);
        pending.replaceFirst(earlier);
        pending.markTaken();
        publish(earlier, earlier.newest().orElseThrow());
    }

    /// The relay's log does not have this chain as this device remembers it. Where the log has become another
    /// one, that is what it lost, and the text goes out on a new chain. Where it is the one it was, a relay that
    /// says so may have taken the letter all the same: on its word no text is sent twice, only the next go on.
    ///
    /// Where the log is the one it was, this store may be an older copy of what it was, put back by hand: then
    /// others have letters of this device that are not here, and they are asked for.
    ///
    /// What is begun and what becomes of the letter are one commit: a start in between would find the letter with a
    /// number of no chain, and be refused once more.
    private void beginChain(OutboxEntry entry, Conversation conversation) throws StoreException {
        if (conversation.inDoubt()) {
            List<OutboxEntry> again = new ArrayList<>();
            desk.store().commit(() -> again.add(unsealed(entry, restarted(conversation))));
            seal(again.getFirst(), false);
            return;
        }
        desk.store().commit(() -> {
            restarted(conversation);
            postbox.failed(entry, "the relay did not accept the message's number, so whether it arrived is not known");
        });
        pending.removeFirst();
        say(
                conversation.party(),
                new Body.Ask(desk.device(), conversation.chain(), conversation.counter() + 1, Body.Ask.MAX_COUNT));
    }

    private void sealAnew(OutboxEntry entry) throws StoreException {
        if (pending.refused() > MAX_REFUSALS) {
            String where = overview.title(postbox.line(entry).line().party());
            fail(
                    entry,
                    "the relay and this client do not agree on the devices of " + where
                            + ", so the message was not sent");
            return;
        }
        seal(unsealed(entry, postbox.conversation(entry)), false);
    }

    private OutboxEntry unsealed(OutboxEntry entry, Conversation conversation) throws StoreException {
        OutboxEntry unsealed = postbox.unsealed(entry, conversation);
        pending.replaceFirst(unsealed);
        return unsealed;
    }

    private void fail(OutboxEntry entry, String sentence) throws StoreException {
        postbox.failed(entry, sentence);
        pending.removeFirst();
        advance();
    }

    /// Waits for new revocation lists, after which [#advance] is called again.
    private void hold(String why) {
        pending.pause();
        desk.problems().wantsLists("nothing can be sent for now: " + why);
    }

    private void later(Duration pause) {
        int turn = pending.turn();
        outside.schedule().after(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE, () -> {
            if (turn == pending.turn()) {
                pending.pause();
                advance();
            }
        });
    }

    /// The relay did not take a letter.
    ///
    /// @param retryAfter when it might, where that is a matter of time
    void refused(PublishKey key, ProtocolError error, String detail, Optional<Duration> retryAfter)
            throws StoreException {
        Optional<OutboxEntry> first = pending.first(key);
        if (first.isEmpty()) {
            return;
        }
        OutboxEntry entry = first.get();
        LOG.info("the relay did not take letter {} of {}: {}", key.counter(), key.conversation(), error);
        switch (error) {
            case STALE_SEAL -> {
                circle.people(postbox.line(entry).line().party()).forEach(book::forgetListing);
                sealAnew(entry);
            }
            case UNKNOWN_SEAL -> {
                epochs.end(pending.id());
                sealAnew(entry);
            }
            case COUNTER_OUT_OF_ORDER -> {
                if (entry.letters().size() > 1) {
                    sendEarlier(entry);
                } else {
                    beginChain(entry, postbox.conversation(entry));
                }
            }
            case UNKNOWN_ADDRESS -> fail(entry, "nobody could read the message: " + detail);
            case QUOTA_EXCEEDED -> fail(entry, "the relay keeps no more of what you wrote: " + detail);
            case TOO_MANY, INTERNAL -> later(retryAfter.orElse(PAUSE));
            case OUT_OF_SPACE -> {
                pending.markRefused();
                later(retryAfter.orElse(PAUSE));
            }
            case SHUTTING_DOWN -> {} // the connection ends; the next one sends it again
            case STALE_REVOCATION -> hold("the relay's revocation lists are too old");
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
                fail(entry, "the relay did not take the message: " + detail + " (" + error + ")");
        }
    }

    /// The relay has a letter durably.
    void published(Published answer) throws StoreException {
        Optional<OutboxEntry> first =
                pending.first(new PublishKey(answer.conversation(), answer.chain(), answer.counter()));
        if (first.isEmpty()) {
            LOG.debug("an answer to a letter that waits for none");
            return;
        }
        postbox.published(first.get(), answer);
        first.get()
                .newest()
                .flatMap(SealedLetter::seal)
                .ifPresent(seal -> epochs.uploaded(answer.conversation(), seal));
        pending.removeFirst();
        advance();
    }

    /// The room's record has entries that this client has not applied yet: they are on their way, and change who reads.
    void staleRoom(PublishKey key) throws StoreException {
        Optional<OutboxEntry> first = pending.first(key);
        if (first.isPresent()) {
            pending.replaceFirst(postbox.unsealed(first.get(), postbox.conversation(first.get())));
            pending.awaitRoom();
        }
    }
}
