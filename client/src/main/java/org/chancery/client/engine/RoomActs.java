package org.chancery.client.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.engine.Places.Place;
import org.chancery.client.room.EntryVerdict;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Clocks;
import org.chancery.protocol.frame.Frame.MembershipAccepted;
import org.chancery.protocol.frame.Frame.Refused;
import org.chancery.protocol.frame.Frame.SubmitMembership;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.MembershipEntry;

/// What a person does to rooms: signed by this device, one at a time, until the relay has it or says why not.
/// An act that another one came before is signed anew, behind that.
final class RoomActs {
    /// Where others keep being quicker, or the relay says so.
    private static final int MAX_ATTEMPTS = 10;

    /// For an entry that was first, to arrive.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// @param head of the room when it was signed; [Digest#NONE] for one that it makes
    private record Submission(long id, EncodedRecord record, Digest hash, Digest head, Instant signedAt) {}

    private final Desk desk;
    private final Outside outside;
    private final RoomBook rooms;
    private final Entries entries;
    private final RoomRecords records;
    private final Outgoing outgoing;
    private final Audience audience;
    private final Deque<Command.RoomAct> wishes = new ArrayDeque<>();
    private Optional<Submission> submitted = Optional.empty();
    private int attempts;
    private boolean open;
    private boolean learning; // what became of an act that had no answer
    private Optional<Submission> overtaken = Optional.empty(); // behind whose head somebody else's entry is to come

    RoomActs(
            Desk desk,
            Outside outside,
            RoomBook rooms,
            Entries entries,
            RoomRecords records,
            Outgoing outgoing,
            Audience audience) {
        this.desk = desk;
        this.outside = outside;
        this.rooms = rooms;
        this.entries = entries;
        this.records = records;
        this.outgoing = outgoing;
        this.audience = audience;
    }

    void wish(Command.RoomAct wish) throws StoreException {
        wishes.addLast(wish);
        if (wishes.size() == 1) {
            submit();
        }
    }

    /// There is a connection. Where an earlier process ended before it had an answer, or this one waited for so
    /// long that the act would be signed anew, the room's record tells what became of it: nobody is brought what
    /// they have done themselves.
    void open() throws StoreException {
        open = true;
        Optional<ConversationId> unanswered = desk.store().settings().roomActUnderWay();
        if (unanswered.isPresent() && !isFresh()) {
            learning = true;
            records.catchUp(unanswered.get(), () -> {
                learning = false;
                learned(unanswered.get());
            });
        }
        submit();
    }

    private boolean isFresh() {
        return submitted
                .filter(it ->
                        it.signedAt().plus(Clocks.FRESH).isAfter(desk.clock().instant()))
                .isPresent();
    }

    private void learned(ConversationId room) throws StoreException {
        if (submitted.filter(it -> rooms.has(room, it.hash())).isPresent()) {
            done(room);
        } else {
            desk.store().settings().forgetRoomAct();
            submit();
        }
    }

    /// The act that comes first has made the room what it is.
    private void done(ConversationId room) throws StoreException {
        if (wishes.getFirst() instanceof Command.CreateRoom(String title) && !title.isEmpty()) {
            outgoing.say(Party.room(room), new Body.Title(title));
        }
        finish(Optional.of(room), Optional.empty());
    }

    /// The connection is lost: what was submitted is submitted again, as it was.
    void close() {
        open = false;
        learning = false;
        overtaken = Optional.empty();
    }

    /// What has been submitted in a room and not been answered.
    List<Digest> underWay(ConversationId room) {
        boolean here = wishes.peek() instanceof Command.ChangeRoom change
                && change.room().equals(room);
        return here ? submitted.map(Submission::hash).stream().toList() : List.of();
    }

    private void submit() throws StoreException {
        Command.RoomAct wish = wishes.peek();
        if (!open || learning || wish == null) {
            return;
        }
        if (isFresh()) {
            outside.relay()
                    .accept(new SubmitMembership(
                            submitted.orElseThrow().id(),
                            submitted.orElseThrow().record()));
            return;
        }
        Optional<MembershipEntry> entry = entry(wish);
        if (entry.isEmpty()) {
            finish(Optional.empty(), Optional.of("this device knows of no such room"));
            return;
        }
        Instant now = desk.clock().instant();
        EncodedRecord record = RecordSigner.sign(
                        desk.identity(), ContentPurpose.MEMBERSHIP, entry.get().encode(), now)
                .encoded();
        Submission submission = new Submission(outside.directory().nextId(), record, record.hash(), head(wish), now);
        desk.store().settings().putRoomActUnderWay(room(wish, record));
        submitted = Optional.of(submission);
        attempts++;
        outside.relay().accept(new SubmitMembership(submission.id(), record));
    }

    private static ConversationId room(Command.RoomAct wish, EncodedRecord record) {
        return switch (wish) {
            case Command.CreateRoom _ -> ConversationId.room(record.hash());
            case Command.ChangeRoom change -> change.room();
        };
    }

    private Optional<MembershipEntry> entry(Command.RoomAct wish) {
        return switch (wish) {
            case Command.CreateRoom _ -> {
                byte[] nonce = new byte[MembershipEntry.Create.NONCE_BYTES];
                desk.random().nextBytes(nonce);
                yield Optional.of(new MembershipEntry.Create(nonce));
            }
            case Command.ChangeRoom(ConversationId id, MembershipEntry.Act act) ->
                rooms.find(id).map(room -> room.membership().next(act));
        };
    }

    /// Whether an answer is about what was submitted here.
    boolean isAbout(long id) {
        return submitted.map(Submission::id).equals(Optional.of(id));
    }

    /// The relay has it on disk.
    void accepted(MembershipAccepted answer) throws StoreException {
        if (!isAbout(answer.id())) {
            return;
        }
        Submission submission = submitted.orElseThrow();
        submitted = Optional.empty();
        if (!(records.judge(submission.record(), desk.clock().instant())
                instanceof EntryVerdict.Signed(Amendment amendment))) {
            finish(Optional.empty(), Optional.of("one's own certificate does not hold"));
            return;
        }
        Place place = new Place(
                answer.sequence(),
                submission.hash(),
                answer.transcript(),
                desk.self(),
                desk.clock().instant());
        switch (entries.enterOwn(amendment, place)) {
            case RoomBook.Step.Applied(Room room, var _) -> done(room.id());
            case RoomBook.Step.Known(Room room) -> finish(Optional.of(room.id()), Optional.empty());
            // Others' entries before it are on their way; they bring this one with them.
            case RoomBook.Step.Behind _ -> finish(Optional.of(amendment.room()), Optional.empty());
            case RoomBook.Step.Forked _ ->
                finish(Optional.empty(), Optional.of("the relay took it behind another entry than the room's last"));
            case RoomBook.Step.Refused(String why) ->
                finish(Optional.empty(), Optional.of("the relay took what the room does not allow: " + why));
        }
    }

    /// The relay did not take it.
    void refused(Refused refused) throws StoreException {
        if (refused.error() == ProtocolError.SHUTTING_DOWN) {
            return; // the connection ends; the next one submits it again
        }
        Submission submission = submitted.orElseThrow();
        submitted = Optional.empty();
        if (refused.error() == ProtocolError.STALE && attempts < MAX_ATTEMPTS) {
            overtaken = Optional.of(submission);
            if (wishes.getFirst() instanceof Command.ChangeRoom change) {
                records.catchUp(change.room(), this::look);
            }
            look();
            outside.schedule().after(PATIENCE, () -> {
                if (overtaken.equals(Optional.of(submission))) {
                    overtaken = Optional.empty();
                    finish(
                            Optional.empty(),
                            Optional.of("the relay says that the room has changed, and does not show how"));
                }
            });
            return;
        }
        finish(
                Optional.empty(),
                Optional.of("the relay did not take it: " + refused.detail() + " (" + refused.error() + ")"));
    }

    /// Whether somebody else's entry, which was quicker, has come: then the act is signed anew behind it.
    void look() throws StoreException {
        if (overtaken.isPresent()
                && !wishes.isEmpty()
                && !overtaken.get().head().equals(head(wishes.getFirst()))) {
            overtaken = Optional.empty();
            submit();
        }
    }

    private Digest head(Command.RoomAct wish) {
        return wish instanceof Command.ChangeRoom change
                ? rooms.find(change.room())
                        .map(room -> room.membership().head())
                        .orElse(Digest.NONE)
                : Digest.NONE;
    }

    private void finish(Optional<ConversationId> room, Optional<String> failure) throws StoreException {
        Command.RoomAct wish = wishes.removeFirst();
        desk.store().settings().forgetRoomAct();
        submitted = Optional.empty();
        attempts = 0;
        audience.tell(new Event.RoomActed(wish, room, failure));
        submit();
    }
}
