package org.chancery.dist.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipBounds;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.MembershipException;
import org.chancery.protocol.membership.Role;
import org.jspecify.annotations.Nullable;

/// Where a room stands by what one device has verified of it. Entries come by several ways, and in any order: brought,
/// in the answer to a question, with a refusal, or as the answer to its own. Not thread safe.
final class RoomBook {
    /// Of the moments at which somebody who belongs here could, so many lead to a change.
    private static final int CHANGES_ONE_IN = 25;
    /// Who is missing is asked in sooner.
    private static final int INVITES_ONE_IN = 4;

    private final ConversationId room;
    private final Address self;
    private final Notary notary;
    private final Set<Digest> applied = new HashSet<>();
    /// What cannot be applied yet, by what it follows.
    private final Map<Digest, Amendment> ahead = new HashMap<>();
    private Optional<Membership> membership = Optional.empty();
    private Optional<Amendment> own = Optional.empty();
    private long complete;

    RoomBook(ConversationId room, Address self, Notary notary) {
        this.room = room;
        this.self = self;
        this.notary = notary;
    }

    /// An entry at its place.
    ///
    /// @return its hash
    Digest learn(long sequence, EncodedRecord record) {
        Digest hash = learn(record);
        if (applied.contains(hash)) {
            complete = Math.max(complete, sequence);
        }
        return hash;
    }

    /// An entry whose place is not known.
    Digest learn(EncodedRecord record) {
        Amendment amendment = notary.read(record);
        if (!amendment.room().equals(room)) {
            throw new IllegalStateException("an entry of another room: " + amendment);
        }
        if (!applied.contains(amendment.hash())) {
            // What follows an entry of our own says that this was taken, before the answer comes.
            own.filter(mine -> !applied.contains(mine.hash()))
                    .filter(mine -> predecessor(amendment).equals(mine.hash()))
                    .ifPresent(mine -> ahead.put(predecessor(mine), mine));
            take(amendment);
        }
        return amendment.hash();
    }

    private void take(Amendment amendment) {
        Amendment other = ahead.put(predecessor(amendment), amendment);
        if (other != null && !other.hash().equals(amendment.hash())) {
            throw new IllegalStateException("two entries follow the same one: " + other + " and " + amendment);
        }
        try {
            Amendment next = next();
            while (next != null) {
                membership = Optional.of(
                        membership.isEmpty()
                                ? Membership.begin(next)
                                : membership.get().apply(next, MembershipBounds.PROTOCOL));
                applied.add(next.hash());
                next = next();
            }
        } catch (MembershipException e) {
            throw new IllegalStateException("an entry that does not apply", e);
        }
    }

    private @Nullable Amendment next() {
        return ahead.remove(membership.map(Membership::head).orElse(Digest.NONE));
    }

    private static Digest predecessor(Amendment amendment) {
        return amendment.entry() instanceof MembershipEntry.Change change ? change.predecessor() : Digest.NONE;
    }

    /// Whether there are entries before those known, to be asked for behind [#complete].
    boolean lacks() {
        return membership.isEmpty() || !ahead.isEmpty();
    }

    /// The last place up to which every entry is known.
    long complete() {
        return complete;
    }

    /// We have signed this, and wait for the answer.
    void submitted(EncodedRecord record) {
        own = Optional.of(notary.read(record));
    }

    /// The answer has come, whichever it was.
    void answered() {
        own = Optional.empty();
    }

    /// The relay's log is another one, in which the room may stand elsewhere.
    void forget() {
        membership = Optional.empty();
        applied.clear();
        ahead.clear();
        own = Optional.empty();
        complete = 0;
    }

    Optional<Membership> membership() {
        return membership;
    }

    boolean belongs() {
        return membership.filter(room -> room.members().containsKey(self)).isPresent();
    }

    /// What its owner feels like doing to the room now, mostly nothing.
    ///
    /// @param circle whom the one who has begun the room wants in it; nobody, for all others
    Optional<Act> whim(Random random, List<Address> circle) {
        if (membership.isEmpty() || !ahead.isEmpty()) {
            return Optional.empty();
        }
        Membership now = membership.get();
        if (now.invited().containsKey(self)) {
            return Optional.of(new Act.Accept());
        }
        if (!belongs()) {
            return Optional.empty();
        }
        if (now.members().get(self) != Role.OWNER) {
            return Optional.<Act>of(new Act.Leave()).filter(_ -> random.nextInt(CHANGES_ONE_IN) == 0);
        }
        List<Address> missing =
                circle.stream().filter(person -> !now.knows(person)).toList();
        if (!missing.isEmpty() && random.nextInt(INVITES_ONE_IN) == 0) {
            return Optional.of(new Act.Invite(missing.get(random.nextInt(missing.size())), Role.MEMBER));
        }
        List<Address> others = new ArrayList<>(circle);
        others.removeIf(person -> person.equals(self) || !now.knows(person));
        if (!others.isEmpty() && random.nextInt(CHANGES_ONE_IN) == 0) {
            return Optional.of(new Act.Remove(others.get(random.nextInt(others.size()))));
        }
        return Optional.empty();
    }
}
