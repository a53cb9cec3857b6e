package org.chancery.client.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Continuation;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.Origin;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Content;

/// Follows the relay's record of each conversation, place by place, and notes where it does not add up.
final class Places {
    /// Something that the relay shows at a place of a conversation.
    ///
    /// @param what the hash of the letter or entry there
    /// @param transcript as the relay claims it there
    /// @param from whose it is, as the relay says
    record Place(long sequence, Digest what, Digest transcript, Address from, Instant acceptedAt) {}

    private final Desk desk;
    private final RoomBook rooms;
    private final UnderWay underWay;
    private final Transcript transcript;

    Places(Desk desk, RoomBook rooms, UnderWay underWay) {
        this.desk = desk;
        this.rooms = rooms;
        this.underWay = underWay;
        this.transcript = new Transcript(desk.store().conversations());
    }

    /// Follows the record to this place. Part of a commit.
    ///
    /// @return the notes that were stored about it
    List<StoredLine> follow(Conversation conversation, Place place) throws StoreException {
        return follow(conversation, place, judge(conversation, place, List.of()));
    }

    /// The same, where letters are known to be missing before it: a place that one of them explains is no other loss.
    ///
    /// @param missing their hashes, as far as those are known
    List<StoredLine> follow(Conversation conversation, Place place, List<Digest> missing) throws StoreException {
        return follow(conversation, place, judge(conversation, place, missing));
    }

    /// Follows the record to what this device did itself. What was delivered before that may still wait here to be
    /// looked at; then the record is followed over this place once it has been.
    List<StoredLine> followOwn(Conversation conversation, Place place) throws StoreException {
        Transcript.Finding finding = judge(conversation, place, List.of());
        return finding instanceof Transcript.Finding.Missing ? List.of() : follow(conversation, place, finding);
    }

    private Transcript.Finding judge(Conversation conversation, Place place, List<Digest> missing)
            throws StoreException {
        List<List<Digest>> between = new ArrayList<>(underWay.in(conversation.id()));
        missing.forEach(letter -> between.add(List.of(letter)));
        return transcript.judge(
                conversation,
                place.sequence(),
                place.what(),
                place.transcript(),
                sequence -> rooms.find(conversation.id()).flatMap(room -> room.entryAt(sequence)),
                between);
    }

    private List<StoredLine> follow(Conversation conversation, Place place, Transcript.Finding finding)
            throws StoreException {
        List<StoredLine> notes = new ArrayList<>();
        switch (finding) {
            case Transcript.Finding.Consistent _ -> {}
            case Transcript.Finding.Missing(long places) -> {
                if (isForUs(conversation, firstUnknown(conversation)) && !mayBeOwn(conversation)) {
                    note(
                                    conversation.party(),
                                    place,
                                    new Origin.Place(conversation.id(), conversation.sequence() + 1, Digest.NONE),
                                    LetterFailure.MISSING.named(
                                            places == 1
                                                    ? "a place of the relay's record was not delivered"
                                                    : places + " places of the relay's record were not delivered"))
                            .ifPresent(notes::add);
                }
            }
            case Transcript.Finding.Contradiction _ ->
                contradiction(conversation.party(), place).ifPresent(notes::add);
        }
        desk.store().conversations().put(transcript.remember(conversation, place.sequence(), place.transcript()));
        return notes;
    }

    /// Whether letters of this device may lie at places that it does not know, for nobody is brought their own: where
    /// the store is an older one, until this conversation has been brought up to date; and where the relay's log is
    /// another one, until that has taken the next letter.
    private boolean mayBeOwn(Conversation conversation) throws StoreException {
        Optional<Continuation> earlier = desk.store().continuations().find(conversation.id());
        return earlier.filter(Continuation::pending).isPresent()
                || (conversation.inDoubt() && (conversation.counter() > 0 || earlier.isPresent()));
    }

    /// The first place, behind the last one seen, whose entry is not known from the room's record: nobody is
    /// brought what they did themselves.
    private long firstUnknown(Conversation conversation) {
        long sequence = conversation.sequence() + 1;
        Optional<Room> room = rooms.find(conversation.id());
        while (room.isPresent() && room.get().entryAt(sequence).isPresent()) {
            sequence++;
        }
        return sequence;
    }

    /// Whether a letter at this place would be for us: in a room not before one has joined.
    private boolean isForUs(Conversation conversation, long sequence) throws StoreException {
        Optional<Room> room = rooms.find(conversation.id());
        return room.isEmpty()
                || room.get()
                        .at(sequence)
                        .filter(then -> then.members().containsKey(desk.self()))
                        .isPresent();
    }

    /// Whether what a sender saw of the record is what this client saw. Nobody has seen the place of a letter
    /// before writing it: somebody has where a relay leaves letters out and counts on as though they had never
    /// been.
    boolean agree(Conversation conversation, Place place, Content content) throws StoreException {
        return content.lastSequence() < place.sequence()
                && transcript.agrees(conversation, content.lastSequence(), content.lastTranscript());
    }

    /// Notes that a sender has seen another record than this client: one of the two was shown something else, or the
    /// sender says so.
    Optional<StoredLine> disagreement(Party party, Place place) throws StoreException {
        return note(
                party,
                place,
                new Origin.Place(party.conversation(), place.sequence(), place.what()),
                LetterFailure.TRANSCRIPT_MISMATCH.named(place.from()
                        + " says that they have seen another record of this conversation than this device: the relay shows"
                        + " it differently to each, or they do not tell the truth"));
    }

    /// Notes that the relay's record contradicts what it showed before, or showed somebody else.
    Optional<StoredLine> contradiction(Party party, Place place) throws StoreException {
        return note(
                party,
                place,
                new Origin.Place(party.conversation(), place.sequence(), place.transcript()),
                LetterFailure.TRANSCRIPT_MISMATCH.named(LetterFailure.TRANSCRIPT_MISMATCH.clause()));
    }

    /// Stores that something is wrong, once.
    Optional<StoredLine> note(Party party, Place place, Origin origin, String sentence) throws StoreException {
        return note(party, place, origin, sentence, 0);
    }

    /// As [#note(Party, Place, Origin, String)], with places left free before it for so many lines that may come later.
    Optional<StoredLine> note(Party party, Place place, Origin origin, String sentence, long before)
            throws StoreException {
        return desk.store().history().add(origin, line(party, place, Optional.empty(), Optional.of(sentence)), before);
    }

    /// Stores that something happened.
    Optional<StoredLine> happened(Party party, Place place, String sentence) throws StoreException {
        Origin origin = new Origin.Place(party.conversation(), place.sequence(), place.what());
        return desk.store().history().add(origin, line(party, place, Optional.of(sentence), Optional.empty()));
    }

    private static Line line(Party party, Place place, Optional<String> note, Optional<String> failure) {
        return new Line(
                party,
                place.from(),
                Optional.empty(),
                false,
                Optional.empty(),
                place.acceptedAt(),
                Optional.of(place.acceptedAt()),
                OptionalLong.of(place.sequence()),
                note,
                failure);
    }
}
