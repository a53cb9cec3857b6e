package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.Clocks;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.MembershipException;
import org.chancery.protocol.membership.MembershipFailure;
import org.chancery.server.config.RoomBounds;
import org.chancery.server.conversation.Verdict;

/// One membership entry's way into the log. Every check comes before the first write, so that a refusal changes
/// nothing of the transaction that others are in.
final class Amend implements GroupCommit.Change {

    private final Amendment amendment;
    private final RoomBounds bounds;
    private final Storage storage;
    private final Tail tail;
    private final Clock clock;
    private final Consumer<Verdict> answer;

    Amend(Amendment amendment, RoomBounds bounds, Storage storage, Tail tail, Clock clock, Consumer<Verdict> answer) {
        this.amendment = amendment;
        this.bounds = bounds;
        this.storage = storage;
        this.tail = tail;
        this.clock = clock;
        this.answer = answer;
    }

    @Override
    public long octets() {
        return amendment.record().length();
    }

    @Override
    public Runnable apply(Sql sql) throws SQLException {
        Verdict verdict;
        try {
            verdict = decide(sql);
        } catch (Refusal refusal) {
            verdict = refusal.verdict();
        }
        Verdict decided = verdict;
        return () -> {
            tail.forget(amendment.room());
            answer.accept(decided);
        };
    }

    private Verdict decide(Sql sql) throws SQLException, Refusal {
        Optional<Verdict> earlier = sql.one(
                "SELECT sequence, transcript FROM entry WHERE hash = ?",
                row -> new Verdict.Appended(row.getLong(1), Sql.digest(row, 2), Set.of(), Set.of()),
                amendment.hash());
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Instant now = clock.instant();
        requireInTime(amendment.signedAt(), now);
        Optional<Membership> before = Rooms.find(sql, amendment.room());
        Membership after = after(sql, before);
        requireFewEnough(sql);
        requireSpace(sql);

        if (before.isEmpty()) {
            Places.open(sql, after.room());
        }
        Places.Place place = Places.next(sql, after.room(), amendment.hash());
        store(sql, place, now);
        Rooms.put(sql, before, after, place.sequence());
        moveCursors(sql, place.sequence());
        Set<DeviceId> readers = new HashSet<>(Cursors.readers(sql, after.room(), place.sequence()));
        readers.remove(amendment.device());
        return new Verdict.Appended(place.sequence(), place.transcript(), readers, Set.of());
    }

    /// A reader judges the signer's path at the time of the relay, and wants the signer's own near it.
    static void requireInTime(Instant signedAt, Instant now) throws Refusal {
        if (Clocks.areApart(signedAt, now)) {
            throw new Refusal(ProtocolError.OUT_OF_TIME, "signed at " + signedAt + ", it is " + now);
        }
    }

    private Membership after(Sql sql, Optional<Membership> before) throws SQLException, Refusal {
        try {
            if (before.isPresent()) {
                return before.get().apply(amendment, bounds.ofARoom());
            }
            if (amendment.entry() instanceof MembershipEntry.Create) {
                return Membership.begin(amendment);
            }
            throw new Refusal(ProtocolError.NOT_A_MEMBER, amendment.actor() + " is no member of the conversation");
        } catch (MembershipException e) {
            if (e.failure() == MembershipFailure.STALE && amendment.entry() instanceof MembershipEntry.Change change) {
                throw new Refusal(
                        ProtocolError.STALE,
                        "the entry does not follow the last one",
                        Rooms.since(sql, change.room(), change.predecessor().bytes()));
            }
            throw new Refusal(error(e.failure()), e.failure() + ": " + e.getMessage());
        }
    }

    private static ProtocolError error(MembershipFailure failure) {
        return switch (failure) {
            case NOT_A_MEMBER, ENDED -> ProtocolError.NOT_A_MEMBER;
            case STALE -> ProtocolError.STALE;
            case ROOM_FULL, TOO_MANY_INVITATIONS -> ProtocolError.TOO_MANY;
            case MALFORMED -> ProtocolError.INVALID_RECORD;
            case OTHER_ROOM,
                    NOT_THE_BEGINNING,
                    NOT_AN_OWNER,
                    NOT_INVITED,
                    ALREADY_A_MEMBER,
                    ALREADY_INVITED,
                    LAST_OWNER,
                    ONESELF,
                    NO_SUCH_MEMBER -> ProtocolError.NOT_ALLOWED;
        };
    }

    /// What one account may fill: by its own acts, and by others' who ask it in.
    private void requireFewEnough(Sql sql) throws SQLException, Refusal {
        boolean joins = switch (amendment.entry()) {
            case MembershipEntry.Create _ -> true;
            case MembershipEntry.Change change -> change.act() instanceof Act.Accept;
        };
        if (joins && Rooms.memberships(sql, amendment.actor()) >= bounds.roomsPerAccount()) {
            throw new Refusal(ProtocolError.TOO_MANY, "at most " + bounds.roomsPerAccount() + " rooms an address");
        }
        if (amendment.entry() instanceof MembershipEntry.Change change
                && change.act() instanceof Act.Invite(Address invited, var _)
                && Rooms.invitations(sql, invited) >= bounds.invitations()) {
            throw new Refusal(ProtocolError.TOO_MANY, "too many invitations wait for " + invited);
        }
    }

    /// Who has too much on the relay makes no more of it, but can still leave, and send somebody away.
    private void requireSpace(Sql sql) throws SQLException, Refusal {
        boolean grows = switch (amendment.entry()) {
            case MembershipEntry.Create _ -> true;
            case MembershipEntry.Change change -> change.act() instanceof Act.Invite;
        };
        if (grows) {
            Optional<Verdict.Refused> refused =
                    storage.refusal(sql, amendment.actor(), amendment.record().length());
            if (refused.isPresent()) {
                throw new Refusal(refused.get());
            }
        }
    }

    private void store(Sql sql, Places.Place place, Instant now) throws SQLException {
        sql.update(
                "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
                amendment.room().bytes(),
                place.sequence(),
                now.toEpochMilli(),
                amendment.device().bytes(),
                amendment.hash(),
                place.transcript(),
                amendment.record());
        storage.add(sql, amendment.actor(), amendment.record().length());
    }

    private void moveCursors(Sql sql, long sequence) throws SQLException {
        switch (amendment.entry()) {
            case MembershipEntry.Create _ -> Cursors.open(sql, amendment.actor(), amendment.room(), sequence);
            case MembershipEntry.Change change -> {
                switch (change.act()) {
                    case Act.Invite(Address invited, var _) -> Cursors.open(sql, invited, amendment.room(), sequence);
                    case Act.Accept() -> {} // has been reading since the invitation
                    case Act.Leave() -> Cursors.close(sql, amendment.actor(), amendment.room(), sequence);
                    case Act.Remove(Address gone) -> Cursors.close(sql, gone, amendment.room(), sequence);
                }
            }
        }
    }
}
