package org.chancery.dist.relay;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;

/// One device's side of one conversation, between two people or in a room: what it wrote and did, what of it was
/// answered, and what it was brought, each held to what must never be. It outlives connections and relays, as a
/// client's store does. Not thread safe.
final class Correspondence {
    /// What everybody can look up: a key of each person's device, and who signs entries.
    record Directory(Map<Address, RecipientKey> devices, Notary notary, Instant signedAt) {}

    private final Identity self;
    private final ConversationId conversation;
    private final Directory directory;
    private final Consumer<String> fault;
    private final Optional<Address> directWith;
    private final List<Address> circle;
    private final SeenLog seen;
    private final OwnLetters letters;
    private final OwnDeeds deeds;
    private final RoomBook book;
    private boolean asked;
    private boolean more;
    /// The relay does not let us see the record.
    private boolean outside;

    private Correspondence(
            Identity self,
            ConversationId conversation,
            Optional<Address> directWith,
            List<Address> circle,
            Directory directory,
            Consumer<String> fault) {
        this.self = self;
        this.conversation = conversation;
        this.directory = directory;
        this.directWith = directWith;
        this.circle = circle;
        this.fault = what -> fault.accept(name() + ": " + what);
        this.seen = new SeenLog(conversation, this.fault);
        this.letters = new OwnLetters(self, conversation, directWith, directory.signedAt(), this.fault);
        this.deeds = new OwnDeeds(self, this.fault);
        this.book = new RoomBook(conversation, address(self), directory.notary());
    }

    /// Between two.
    ///
    /// @param fault told what must never be, in words
    static Correspondence direct(Identity self, Address other, Directory directory, Consumer<String> fault) {
        return new Correspondence(
                self, ConversationId.direct(address(self), other), Optional.of(other), List.of(), directory, fault);
    }

    /// In a room that somebody else has begun.
    static Correspondence in(ConversationId room, Identity self, Directory directory, Consumer<String> fault) {
        return new Correspondence(self, room, Optional.empty(), List.of(), directory, fault);
    }

    /// In a room that begins with this, once the relay has taken it.
    ///
    /// @param circle whom to ask in, whenever they are not there
    static Correspondence founding(
            List<Address> circle, Identity self, long id, Directory directory, Consumer<String> fault) {
        byte[] nonce = new byte[MembershipEntry.Create.NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        SignedRecord create = OwnDeeds.sign(self, new MembershipEntry.Create(nonce));
        Correspondence founded = new Correspondence(
                self, ConversationId.room(create.hash()), Optional.empty(), List.copyOf(circle), directory, fault);
        founded.deeds.found(create, id);
        founded.book.submitted(create.encoded());
        return founded;
    }

    private static Address address(Identity identity) {
        try {
            return identity.address();
        } catch (MalformedNameException e) {
            throw new IllegalStateException("everybody here has an address", e);
        }
    }

    private String name() {
        return self.deviceId().hex().substring(0, 6) + " in "
                + conversation.hex().substring(0, 6);
    }

    ConversationId conversation() {
        return conversation;
    }

    SeenLog seen() {
        return seen;
    }

    OwnLetters letters() {
        return letters;
    }

    OwnDeeds deeds() {
        return deeds;
    }

    RoomBook book() {
        return book;
    }

    private Optional<OwnLetters.Audience> audience() {
        if (directWith.isPresent()) {
            Address other = directWith.get();
            return Optional.of(new OwnLetters.Audience(
                    new byte[0], members(List.of(address(self), other)), List.of(device(other))));
        }
        return book.membership().filter(_ -> book.belongs()).map(this::audience);
    }

    private OwnLetters.Audience audience(Membership room) {
        List<Address> members = List.copyOf(room.members().keySet());
        return new OwnLetters.Audience(
                room.head().bytes(),
                members(members),
                members.stream().map(this::device).toList());
    }

    private static List<SealMember> members(List<Address> people) {
        return people.stream().map(SealMember::withoutChain).toList();
    }

    private RecipientKey device(Address person) {
        return Optional.ofNullable(directory.devices().get(person)).orElseThrow();
    }

    /// Whether there is somebody to write to, or something to be done.
    boolean takesPart(int mostUnanswered) {
        return letters.ready()
                && letters.unanswered() < mostUnanswered
                && (audience().isPresent() || (deeds.idle() && book.membership().isPresent()));
    }

    /// What it says next: a letter, or now and then a change of the room.
    ///
    /// @param id for a question
    Optional<Frame> next(Random random, long id) throws EnvelopeException {
        if (directWith.isEmpty() && deeds.idle()) {
            Optional<Act> act = book.whim(random, circle);
            if (act.isPresent()) {
                Frame.SubmitMembership submitted =
                        deeds.submit(book.membership().orElseThrow().next(act.get()), id);
                book.submitted(submitted.record());
                return Optional.of(submitted);
            }
        }
        Optional<OwnLetters.Audience> audience = audience();
        return audience.isPresent()
                ? Optional.of(letters.write(audience.get(), seen.acknowledged()))
                : Optional.empty();
    }

    /// What a new connection begins with.
    List<Frame> retry() {
        seen.connected();
        asked = false;
        more = false;
        outside = false;
        List<Frame> frames = new ArrayList<>(letters.retry());
        frames.addAll(deeds.retry());
        return frames;
    }

    /// The relay says where a letter of ours is.
    void answered(Frame.Published answer) {
        letters.answered(answer).ifPresent(told -> {
            seen.acknowledgedForGood(told.acknowledged());
            seen.told(told.sequence(), told.placed());
        });
    }

    /// The relay has not taken a letter of ours; perhaps it says what we did not know.
    void refused(Frame.Refused refused) {
        refused.changes().forEach(book::learn);
        letters.refused(refused.error(), refused.publish().orElseThrow().counter(), refused.detail());
    }

    /// Letters that were refused, written anew, once they can be; and a question, where something is not known.
    ///
    /// @param id for a question
    List<Frame> unasked(long id) throws EnvelopeException {
        List<Frame> frames = new ArrayList<>();
        boolean placed = directWith.isPresent() || outside || !book.lacks();
        if (letters.wantsRepair() && placed) {
            frames.addAll(letters.repaired(audience()));
        }
        if (directWith.isEmpty() && !deeds.founding() && (more || book.lacks()) && !asked) {
            asked = true;
            frames.add(new Frame.MembershipQuery(id, conversation, book.complete()));
        }
        return frames;
    }

    /// The answer to the question.
    void answered(Frame.MembershipAnswer answer) {
        for (MembershipPlace place : answer.entries()) {
            book.learn(place.sequence(), place.record());
        }
        asked = false;
        more = answer.more();
        if (book.lacks() && !more) {
            fault.accept("the record of the room has a hole, behind " + book.complete());
        }
    }

    /// The relay has taken an entry of ours.
    void accepted(Frame.MembershipAccepted answer) {
        deeds.accepted(answer).ifPresent(signed -> {
            seen.told(answer.sequence(), Placed.entry(signed.hash(), answer.transcript()));
            book.learn(answer.sequence(), signed.encoded());
            book.answered();
        });
    }

    /// The relay has refused a question, or an entry of ours.
    void refusedQuery(long id, Frame.Refused refused) {
        refused.changes().forEach(book::learn);
        if (deeds.refused(id, refused)) {
            book.answered();
        } else if (refused.error() == ProtocolError.NOT_A_MEMBER) {
            outside = true; // until invited again
        } else {
            fault.accept("refused: " + refused);
        }
    }

    /// The relay brings a letter.
    void brought(Frame.Deliver delivery) {
        try {
            Letter letter = EnvelopeStapler.parse(delivery.envelopeDer()).letter();
            if (letter.header().sender().equals(self.deviceId())) {
                fault.accept("brought what it wrote itself: " + delivery);
            }
            seen.brought(delivery.sequence(), Placed.letter(letter, delivery.transcript()));
        } catch (MalformedEnvelopeException e) {
            fault.accept("brought what is no letter: " + e);
        }
    }

    /// The relay brings a membership entry.
    void brought(Frame.DeliverMembership delivery) {
        MembershipPlace entry = delivery.entry();
        Digest hash = book.learn(entry.sequence(), entry.record());
        asked &= !outside;
        outside = false;
        seen.brought(entry.sequence(), Placed.entry(hash, delivery.transcript()));
    }

    /// The relay's log is another one, made of a copy that goes as far as this in this conversation.
    ///
    /// @return how many places that we knew are lost
    int begunAnotherLog(long head) {
        int lost = seen.cutBehind(head);
        letters.begunAnotherLog();
        deeds.begunAnotherLog();
        book.forget();
        if (deeds.founding()) {
            deeds.waiting().ifPresent(create -> book.submitted(create.encoded()));
        }
        return lost;
    }

    /// Whether nothing of it is in the relay's log, or on its way there.
    boolean lost(long head) {
        return directWith.isEmpty() && head == 0 && !deeds.founding();
    }

    /// Whatever of ours has no answer yet.
    List<String> waiting() {
        List<String> waiting = new ArrayList<>(letters.waiting());
        deeds.waiting().ifPresent(mine -> waiting.add(Placed.entryName(mine.hash())));
        return waiting;
    }
}
