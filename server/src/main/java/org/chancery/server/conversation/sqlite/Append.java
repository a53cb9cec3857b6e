package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.TranscriptHash;
import org.chancery.server.conversation.PlacedLetter;
import org.chancery.server.conversation.Publication;
import org.chancery.server.conversation.Verdict;

/// One letter's way into the log. Every check comes before the first write, so that a refusal changes nothing of
/// the transaction that others are in.
final class Append implements GroupCommit.Change {

    private final Publication publication;
    private final LetterHeader header;
    private final Digest letterHash;
    private final long octets;
    private final Storage storage;
    private final Remembered known;
    private final Tail tail;
    private final Clock clock;
    private final Consumer<Verdict> answer;

    /// Runs on the publisher's thread: parsing and hashing is not the writer's work.
    Append(
            Publication publication,
            Storage storage,
            Remembered known,
            Tail tail,
            Clock clock,
            Consumer<Verdict> answer) {
        this.publication = publication;
        this.header = publication.letter().header();
        this.letterHash = publication.letter().hash();
        this.octets = octets(publication);
        this.storage = storage;
        this.known = known;
        this.tail = tail;
        this.clock = clock;
        this.answer = answer;
    }

    @Override
    public boolean tellsRemembered() {
        return true;
    }

    @Override
    public long octets() {
        return octets;
    }

    @Override
    public Runnable apply(Sql sql) throws SQLException {
        try {
            return decide(sql);
        } catch (Refusal refusal) {
            return () -> answer.accept(refusal.verdict());
        }
    }

    private Runnable decide(Sql sql) throws SQLException, Refusal {
        Remembered.ChainKey chainKey = new Remembered.ChainKey(header.sender(), header.chain());
        Optional<Remembered.Chain> chain = known.chain(sql, chainKey);
        if (chain.isPresent() && header.counter() <= chain.get().counter) {
            Optional<Verdict> earlier = earlierAnswer(sql);
            if (earlier.isPresent()) {
                return () -> answer.accept(earlier.get());
            }
        }
        Instant now = clock.instant();
        requireNextCounter(chain);
        Optional<Remembered.Conversation> existing = known.conversation(sql, header.conversation());
        List<Address> members = members(existing);
        Optional<KnownSeal> stored = known.seal(sql, header.sealId());
        KnownSeal seal = seal(stored);
        requireCurrent(sql, seal, members, now);
        requireRoom(sql);

        Remembered.Conversation conversation = existing.isPresent() ? existing.get() : create(sql, members);
        PlacedLetter letter = place(sql, conversation, now);
        known.placed(header.conversation(), chainKey, next(chain));
        if (stored.isEmpty()) {
            store(sql, publication.seal().orElseThrow(), seal, conversation.head);
        }
        Verdict verdict = new Verdict.Appended(
                conversation.head,
                conversation.transcript,
                seal.readers,
                existing.isPresent() ? Set.of() : Set.copyOf(members));
        return () -> {
            tail.add(letter, seal);
            answer.accept(verdict);
        };
    }

    private Remembered.Chain next(Optional<Remembered.Chain> chain) {
        Remembered.Chain next = chain.orElseGet(() -> new Remembered.Chain(header.conversation(), 0));
        next.counter = header.counter();
        return next;
    }

    /// The answer to the same letter, if it has been taken before.
    private Optional<Verdict> earlierAnswer(Sql sql) throws SQLException, Refusal {
        record Taken(long sequence, Digest transcript, Digest hash) {}
        Optional<Taken> taken = sql.one(
                "SELECT sequence, transcript, hash FROM letter WHERE sender = ? AND chain = ? AND counter = ?",
                row -> new Taken(row.getLong(1), Sql.digest(row, 2), Sql.digest(row, 3)),
                header.sender().bytes(),
                header.chain().bytes(),
                header.counter());
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        if (!taken.get().hash().equals(letterHash)) {
            throw new Refusal(
                    ProtocolError.COUNTER_OUT_OF_ORDER,
                    "counter " + header.counter() + " of this chain is another letter's");
        }
        return Optional.of(
                new Verdict.Appended(taken.get().sequence(), taken.get().transcript(), Set.of(), Set.of()));
    }

    private void requireNextCounter(Optional<Remembered.Chain> chain) throws Refusal {
        if (chain.isPresent() && !chain.get().conversation.equals(header.conversation())) {
            throw new Refusal(ProtocolError.NOT_AUTHORISED, "the chain belongs to another conversation");
        }
        long expected = chain.map(c -> c.counter).orElse(0L) + 1;
        if (header.counter() != expected) {
            throw new Refusal(
                    ProtocolError.COUNTER_OUT_OF_ORDER, "counter " + header.counter() + ", must be " + expected);
        }
    }

    /// Who is in the conversation, or will be in the one that begins with this letter.
    private List<Address> members(Optional<Remembered.Conversation> existing) throws Refusal {
        if (existing.isPresent()) {
            List<Address> members = existing.get().members;
            if (!members.contains(publication.from())) {
                throw new Refusal(ProtocolError.NOT_A_MEMBER, publication.from() + " is no member of the conversation");
            }
            return members;
        }
        if (publication.directWith().isEmpty()) {
            throw new Refusal(ProtocolError.NOT_A_MEMBER, publication.from() + " is no member of the conversation");
        }
        Address other = publication.directWith().get();
        if (!ConversationId.direct(publication.from(), other).equals(header.conversation())) {
            throw new Refusal(
                    ProtocolError.NOT_A_MEMBER,
                    "the conversation is not the one between " + publication.from() + " and " + other);
        }
        // With oneself: what one's own devices tell each other.
        return Stream.of(publication.from(), other).distinct().sorted().toList();
    }

    /// The letter's seal, stored before or presented now.
    private KnownSeal seal(Optional<KnownSeal> stored) throws Refusal {
        Optional<Seal> presented = publication.seal();
        if (presented.isPresent() && !Arrays.equals(presented.get().id(), header.sealId())) {
            throw new Refusal(ProtocolError.UNKNOWN_SEAL, "the seal that came with the letter is not the letter's");
        }
        KnownSeal seal = stored.or(() -> presented.map(KnownSeal::of))
                .orElseThrow(() -> new Refusal(ProtocolError.UNKNOWN_SEAL, "the letter's seal is not here"));
        if (!seal.sender.equals(header.sender()) || !seal.conversation.equals(header.conversation())) {
            throw new Refusal(ProtocolError.UNKNOWN_SEAL, "the seal is of another sender or conversation");
        }
        if (!Arrays.equals(seal.commitment, header.commitment())) {
            throw new Refusal(ProtocolError.UNKNOWN_SEAL, "the letter's commitment is not the seal's");
        }
        return seal;
    }

    /// A seal is current if its sender took the right people for members, by the room's last entry, knew the last
    /// entry of each one's device chain, and wrapped for the newest key of every device that receives
    /// ([Receivers]), and for no other. The sender's own device needs no wrap: it has what it wrote.
    ///
    /// Members, devices and their keys change rarely: the judgement stands until something else than letters is
    /// written, or time changes it.
    private void requireCurrent(Sql sql, KnownSeal seal, List<Address> members, Instant now)
            throws SQLException, Refusal {
        if (publication.seal().isPresent()
                && !publication.seal().get().addresses().equals(members)) {
            throw stale(sql, seal, "the seal names other members than the conversation has");
        }
        if (seal.isCurrent(now)) {
            return;
        }
        if (Devices.silenced(sql, header.sender())) {
            throw new Refusal(ProtocolError.NOT_AUTHORISED, "the device was revoked or ended");
        }
        if (!Rooms.isHead(sql, header.conversation(), seal.membershipHead)) {
            throw stale(sql, seal, "the seal does not follow the room's last entry");
        }
        requireChains(sql, seal, members);
        Map<DeviceId, Receivers.Standing> wrapped = new HashMap<>();
        Set<Address> reached = new HashSet<>();
        for (DeviceId device : seal.devices()) {
            Receivers.Standing standing = Receivers.standing(sql, device, now);
            wrapped.put(device, standing);
            standing.address().ifPresent(reached::add);
        }
        Map<DeviceId, Instant> required = new HashMap<>();
        boolean room = seal.membershipHead.length > 0;
        for (Address member : members) {
            Map<DeviceId, Instant> receiving = Receivers.of(sql, member, now);
            // In a room the others can read; between two people nobody can.
            boolean nobody = receiving.isEmpty() && !reached.contains(member);
            if (nobody && !room && !member.equals(publication.from())) {
                throw new Refusal(ProtocolError.UNKNOWN_ADDRESS, "no device of " + member + " can receive");
            }
            required.putAll(receiving);
        }
        Instant until = required.values().stream().min(Instant::compareTo).orElse(Instant.MAX);
        required.remove(header.sender());
        if (!seal.devices().containsAll(required.keySet())) {
            throw stale(sql, seal, "the seal leaves out a device of a member");
        }
        for (Wrap wrap : seal.wraps()) {
            Receivers.Standing standing = Objects.requireNonNull(wrapped.get(wrap.device()));
            if (!standing.address().map(members::contains).orElse(false)) {
                throw stale(sql, seal, "the seal is wrapped for a device that may not read");
            }
            if (standing.keyNumber() != wrap.keyNumber()) {
                throw stale(
                        sql,
                        seal,
                        "the seal is wrapped for key " + wrap.keyNumber() + " of a device whose newest is "
                                + standing.keyNumber());
            }
            until = standing.until().isBefore(until) ? standing.until() : until;
        }
        seal.currentUntil(until);
    }

    private void requireChains(Sql sql, KnownSeal seal, List<Address> members) throws SQLException, Refusal {
        List<Optional<Digest>> heads = new ArrayList<>();
        for (Address member : members) {
            heads.add(DeviceChains.head(sql, member));
        }
        if (!Arrays.equals(seal.chainHeads, KnownSeal.chainHeads(heads))) {
            throw stale(sql, seal, "the seal does not follow the last entry of every device chain");
        }
    }

    private Refusal stale(Sql sql, KnownSeal seal, String detail) throws SQLException {
        return new Refusal(
                ProtocolError.STALE_SEAL, detail, Rooms.since(sql, header.conversation(), seal.membershipHead));
    }

    /// The wraps count as often as their seal is presented, which is once.
    private void requireRoom(Sql sql) throws SQLException, Refusal {
        Optional<Verdict.Refused> refused = storage.refusal(sql, publication.from(), octets);
        if (refused.isPresent()) {
            throw new Refusal(refused.get());
        }
    }

    private static long octets(Publication publication) {
        return publication.letter().derLength()
                + publication.seal().map(Append::octets).orElse(0L);
    }

    private static long octets(Seal seal) {
        return seal.wraps().stream().mapToLong(Wrap::length).sum();
    }

    private Remembered.Conversation create(Sql sql, List<Address> members) throws SQLException {
        byte[] conversation = header.conversation().bytes();
        sql.update("INSERT INTO conversation VALUES (?, 0, ?)", conversation, Digest.NONE);
        for (Address member : members) {
            sql.update("INSERT INTO member (conversation, address) VALUES (?, ?)", conversation, member.value());
        }
        Remembered.Conversation created = new Remembered.Conversation(members, 0, Digest.NONE);
        known.created(header.conversation(), created);
        return created;
    }

    private PlacedLetter place(Sql sql, Remembered.Conversation conversation, Instant now) throws SQLException {
        conversation.head++;
        conversation.transcript = TranscriptHash.next(conversation.transcript, conversation.head, letterHash);
        sql.update(
                "INSERT INTO letter VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                header.conversation().bytes(),
                conversation.head,
                now.toEpochMilli(),
                header.sender().bytes(),
                header.chain().bytes(),
                header.counter(),
                header.sealId(),
                letterHash,
                conversation.transcript,
                publication.letter().der());
        storage.add(sql, publication.from(), publication.letter().derLength());
        return new PlacedLetter(
                header.conversation(),
                conversation.head,
                now,
                conversation.transcript,
                publication.letter(),
                publication.from());
    }

    /// The seal and its wraps, once; who reads here for the first time begins at this letter.
    private void store(Sql sql, Seal seal, KnownSeal stored, long sequence) throws SQLException {
        byte[] id = header.sealId();
        sql.update(
                "INSERT INTO seal VALUES (?, ?, ?, ?, ?, ?)",
                id,
                seal.conversation().bytes(),
                seal.sender().bytes(),
                seal.commitment(),
                seal.membershipHead(),
                stored.chainHeads);
        storage.add(sql, publication.from(), octets(seal));
        for (Wrap wrap : seal.wraps()) {
            sql.update(
                    "INSERT INTO wrap VALUES (?, ?, ?, ?)",
                    id,
                    wrap.device().bytes(),
                    wrap.recipientInfoDer(),
                    wrap.keyNumber());
            Cursors.begin(sql, wrap.device(), seal.conversation(), sequence - 1);
        }
        known.stored(id, stored);
    }
}
