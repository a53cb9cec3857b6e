package org.chancery.client.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.Origin;
import org.chancery.client.store.SenderChain;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.client.trust.HeldRevocations;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.frame.Frame.Deliver;

/// Enters what was delivered into the store: the message, what proves it, how far its chain and the relay's record have
/// come, and a note for everything that does not add up. One commit a letter; told after it.
final class Receipt {
    private final Desk desk;
    private final Overview overview;
    private final Outgoing outgoing;
    private final HeldRevocations revocations;
    private final Transcript transcript;

    Receipt(Desk desk, Overview overview, Outgoing outgoing, HeldRevocations revocations) {
        this.desk = desk;
        this.overview = overview;
        this.outgoing = outgoing;
        this.revocations = revocations;
        this.transcript = new Transcript(desk.store().conversations());
    }

    /// Whether this very letter is in the store; then its place in the relay's record is noted, and nothing is shown
    /// twice. Another letter under the same number is no repetition.
    boolean repeated(Delivery delivery) throws StoreException {
        Optional<StoredLine> known = desk.store().history().find(delivery.origin());
        Optional<SenderChain> chain = chain(delivery);
        boolean another = chain.isPresent()
                && chain.get().counter() == delivery.header().counter()
                && !chain.get().letter().equals(delivery.letter());
        if (known.isEmpty() || another) {
            return false;
        }
        List<StoredLine> notes = new ArrayList<>();
        desk.store().commit(() -> {
            Conversation conversation = desk.conversation(
                    delivery.frame().conversation(), known.get().line().with());
            notes.addAll(place(conversation, delivery));
        });
        notes.forEach(overview::stored);
        return true;
    }

    /// Stores an opened letter.
    void opened(Delivery delivery, Opening.Outcome.Opened opened) throws StoreException {
        Content content = opened.content();
        Conversation conversation = desk.conversation(content.conversation(), opened.with());
        boolean admitted = conversation.sequence() > 0;
        switch (LetterCheck.order(content, delivery.letter(), chain(delivery), admitted)) {
            case LetterCheck.Order.Broken(LetterFailure failure) -> failed(delivery, failure);
            case LetterCheck.Order.Next _ -> enter(delivery, opened, conversation, 0);
            case LetterCheck.Order.Later(long missing) -> enter(delivery, opened, conversation, missing);
        }
    }

    private void enter(Delivery delivery, Opening.Outcome.Opened opened, Conversation conversation, long missing)
            throws StoreException {
        Content content = opened.content();
        List<StoredLine> entered = new ArrayList<>();
        desk.store().commit(() -> {
            if (missing > 0) {
                long from = content.counter() - missing;
                note(
                                delivery,
                                conversation.with(),
                                new Origin.Gap(delivery.header().sender(), content.chain(), from),
                                missing == 1
                                        ? LetterFailure.MISSING.named("a message of "
                                                + delivery.frame().from() + " is missing")
                                        : LetterFailure.MISSING.named(missing + " messages of "
                                                + delivery.frame().from() + " are missing"))
                        .ifPresent(entered::add);
            }
            if (!transcript.agrees(conversation, content.lastSequence(), content.lastTranscript())) {
                note(delivery, conversation.with(), record(delivery), transcriptSentence())
                        .ifPresent(entered::add);
            }
            entered.addAll(place(conversation, delivery));
            StoredLine stored = desk.store()
                    .history()
                    .add(delivery.origin(), line(delivery, opened))
                    .orElseThrow(() -> new IllegalStateException("a letter that is no repetition is stored already"));
            desk.store().history().addEvidence(stored, opened.envelope().signedData());
            desk.store().conversations().put(advanced(delivery));
            entered.add(stored);
        });
        entered.forEach(overview::stored);
        if (content.crlNumber() > revocations.number() && !revocations.areUnderWay()) {
            overview.problem(
                    ProblemKind.REVOCATION_LIST,
                    delivery.frame().from() + " holds newer revocation lists than the relay has handed to this client",
                    Optional.empty());
        }
    }

    /// Stores a letter that is not accepted, and why.
    void failed(Delivery delivery, LetterFailure failure) throws StoreException {
        Address with = with(delivery.frame());
        List<StoredLine> entered = new ArrayList<>();
        desk.store().commit(() -> {
            note(delivery, with, place(delivery), failure.sentence()).ifPresent(entered::add);
            Optional<Conversation> conversation = conversation(delivery.frame(), with);
            if (conversation.isPresent()) {
                entered.addAll(place(conversation.get(), delivery));
            }
        });
        tell(entered, delivery.frame().from(), failure);
    }

    /// Stores that something was delivered which is no letter at all. The relay's record cannot be followed over it.
    void unreadable(Deliver frame, LetterFailure failure) throws StoreException {
        Address with = with(frame);
        Origin origin = new Origin.Place(frame.conversation(), frame.sequence(), Digest.over(frame.envelopeDer()));
        List<StoredLine> entered = new ArrayList<>();
        desk.store().commit(() -> {
            Optional<Conversation> conversation = conversation(frame, with);
            if (conversation.isPresent()) {
                desk.store().conversations().put(conversation.get());
            }
            desk.store()
                    .history()
                    .add(origin, note(frame, with, failure.sentence()))
                    .ifPresent(entered::add);
        });
        tell(entered, frame.from(), failure);
    }

    void undecided(String why) {
        overview.problem(
                ProblemKind.REVOCATION_LIST,
                "letters wait unshown: " + why,
                Optional.of("publish fresh lists (ca crl) and start the relay with --crl for each authority"));
    }

    private void tell(List<StoredLine> entered, Address from, LetterFailure failure) {
        entered.forEach(overview::stored);
        if (!entered.isEmpty()) {
            overview.problem(
                    ProblemKind.LETTER_NOT_ACCEPTED,
                    "a letter from " + from + " is not shown: " + failure.clause(),
                    Optional.empty());
        }
    }

    /// Follows the relay's record to where this letter lies.
    ///
    /// @return the notes that were stored about it
    private List<StoredLine> place(Conversation conversation, Delivery delivery) throws StoreException {
        long sequence = delivery.frame().sequence();
        Digest claimed = delivery.frame().transcript();
        List<StoredLine> notes = new ArrayList<>();
        switch (transcript.judge(
                conversation, sequence, delivery.letter(), claimed, outgoing.underWay(conversation.id()))) {
            case Transcript.Finding.Consistent _ -> {}
            case Transcript.Finding.Missing(long places) ->
                note(
                                delivery,
                                conversation.with(),
                                new Origin.Place(conversation.id(), conversation.sequence() + 1, Digest.NONE),
                                LetterFailure.MISSING.named(
                                        places + " places of the relay's record were not delivered"))
                        .ifPresent(notes::add);
            case Transcript.Finding.Contradiction _ ->
                note(delivery, conversation.with(), record(delivery), transcriptSentence())
                        .ifPresent(notes::add);
        }
        desk.store().conversations().put(transcript.remember(conversation, sequence, claimed));
        return notes;
    }

    private Optional<StoredLine> note(Delivery delivery, Address with, Origin origin, String sentence)
            throws StoreException {
        return desk.store().history().add(origin, note(delivery.frame(), with, sentence));
    }

    /// A note in the conversation with `with`, wherever the relay delivered what it is about.
    private Line note(Deliver frame, Address with, String sentence) {
        return new Line(
                ConversationId.direct(desk.self(), with),
                with,
                frame.from(),
                Optional.empty(),
                false,
                "",
                frame.acceptedAt(),
                Optional.of(frame.acceptedAt()),
                OptionalLong.of(frame.sequence()),
                Optional.of(sentence));
    }

    private Line line(Delivery delivery, Opening.Outcome.Opened opened) {
        return new Line(
                opened.content().conversation(),
                opened.with(),
                delivery.frame().from(),
                Optional.of(delivery.header().sender()),
                delivery.frame().from().equals(desk.self()),
                BodyWords.of(opened.content().body()),
                opened.content().sentAt(),
                Optional.of(delivery.frame().acceptedAt()),
                OptionalLong.of(delivery.frame().sequence()),
                Optional.empty());
    }

    private Optional<SenderChain> chain(Delivery delivery) throws StoreException {
        return desk.store()
                .conversations()
                .chain(
                        delivery.header().sender(),
                        delivery.header().conversation(),
                        delivery.header().chain());
    }

    private static SenderChain advanced(Delivery delivery) {
        return new SenderChain(
                delivery.header().sender(),
                delivery.header().conversation(),
                delivery.header().chain(),
                delivery.header().counter(),
                delivery.letter());
    }

    private static Origin place(Delivery delivery) {
        return new Origin.Place(
                delivery.frame().conversation(), delivery.frame().sequence(), delivery.letter());
    }

    /// What the relay's record says at this place, as against the letter that lies there.
    private static Origin record(Delivery delivery) {
        return new Origin.Place(
                delivery.frame().conversation(),
                delivery.frame().sequence(),
                delivery.frame().transcript());
    }

    private static String transcriptSentence() {
        return LetterFailure.TRANSCRIPT_MISMATCH.named(LetterFailure.TRANSCRIPT_MISMATCH.clause());
    }

    /// The conversation that the relay names, if it is the one with `with`: what the relay says of others would stay,
    /// and stand in for the truth later.
    private Optional<Conversation> conversation(Deliver frame, Address with) throws StoreException {
        ConversationId id = frame.conversation();
        return id.equals(ConversationId.direct(desk.self(), with))
                ? Optional.of(desk.conversation(id, with))
                : Optional.empty();
    }

    /// The other side as far as it is known: a failed letter of one's own may be to anybody.
    private Address with(Deliver frame) throws StoreException {
        Optional<Conversation> known = desk.store().conversations().find(frame.conversation());
        return known.map(Conversation::with).orElse(frame.from());
    }
}
