package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.TranscriptHash;
import org.chancery.server.conversation.Publication;
import org.chancery.server.conversation.Verdict;

/// One letter's way into the log. Every check comes before the first write, so that a refusal changes nothing of
/// the transaction that others are in.
final class Append implements GroupCommit.Change {

    private final Publication publication;
    private final LetterHeader header;
    private final byte[] letterDer;
    private final byte[] letterHash;
    private final Storage storage;
    private final Clock clock;
    private final Consumer<Verdict> answer;

    /// Runs on the publisher's thread: parsing and hashing is not the writer's work.
    Append(Publication publication, Storage storage, Clock clock, Consumer<Verdict> answer) {
        this.publication = publication;
        this.header = publication.letter().header();
        this.letterDer = publication.letter().der();
        this.letterHash = publication.letter().hash();
        this.storage = storage;
        this.clock = clock;
        this.answer = answer;
    }

    @Override
    public Runnable apply(Sql sql) throws SQLException {
        Verdict verdict;
        try {
            verdict = decide(sql);
        } catch (Refusal refusal) {
            verdict = refusal.verdict;
        }
        Verdict decided = verdict;
        return () -> answer.accept(decided);
    }

    private Verdict decide(Sql sql) throws SQLException, Refusal {
        Optional<Verdict> earlier = earlierAnswer(sql);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Instant now = clock.instant();
        requireNextCounter(sql);
        Members members = members(sql);
        Set<DeviceId> wrapped = wrapped(sql);
        requireCurrent(sql, wrapped, members.addresses(), now);
        requireRoom(sql);

        if (members.created()) {
            create(sql, members.addresses());
        }
        long sequence = place(sql, now);
        if (publication.seal().isPresent()) {
            store(sql, publication.seal().get(), sequence);
        }
        Set<DeviceId> readers = new HashSet<>(wrapped);
        readers.remove(header.sender());
        return new Verdict.Appended(
                sequence, transcript(sql), readers, members.created() ? Set.copyOf(members.addresses()) : Set.of());
    }

    /// The answer to the same letter, if it has been taken before.
    private Optional<Verdict> earlierAnswer(Sql sql) throws SQLException, Refusal {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Taken(long sequence, byte[] transcript, byte[] hash) {}
        Optional<Taken> taken = sql.one(
                "SELECT sequence, transcript, hash FROM letter WHERE sender = ? AND chain = ? AND counter = ?",
                row -> new Taken(row.getLong(1), row.getBytes(2), row.getBytes(3)),
                header.sender().bytes(),
                header.chain().bytes(),
                header.counter());
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        if (!Arrays.equals(taken.get().hash(), letterHash)) {
            throw new Refusal(
                    ProtocolError.COUNTER_OUT_OF_ORDER,
                    "counter " + header.counter() + " of this chain is another letter's");
        }
        return Optional.of(
                new Verdict.Appended(taken.get().sequence(), taken.get().transcript(), Set.of(), Set.of()));
    }

    private void requireNextCounter(Sql sql) throws SQLException, Refusal {
        record Chain(ConversationId conversation, long counter) {}
        Optional<Chain> chain = sql.one(
                "SELECT conversation, counter FROM chain WHERE sender = ? AND id = ?",
                row -> new Chain(ConversationId.ofBytes(row.getBytes(1)), row.getLong(2)),
                header.sender().bytes(),
                header.chain().bytes());
        if (chain.isPresent() && !chain.get().conversation().equals(header.conversation())) {
            throw new Refusal(ProtocolError.NOT_AUTHORISED, "the chain belongs to another conversation");
        }
        long expected = chain.map(Chain::counter).orElse(0L) + 1;
        if (header.counter() != expected) {
            throw new Refusal(
                    ProtocolError.COUNTER_OUT_OF_ORDER, "counter " + header.counter() + ", must be " + expected);
        }
    }

    /// @param created the conversation begins with this letter
    private record Members(List<Address> addresses, boolean created) {}

    private Members members(Sql sql) throws SQLException, Refusal {
        List<Address> known = sql.all(
                "SELECT address FROM member WHERE conversation = ? ORDER BY address",
                row -> new Address(row.getString(1)),
                header.conversation().bytes());
        if (known.contains(publication.from())) {
            return new Members(known, false);
        }
        if (!known.isEmpty() || publication.directWith().isEmpty()) {
            throw new Refusal(ProtocolError.NOT_A_MEMBER, publication.from() + " is no member of the conversation");
        }
        Address other = publication.directWith().get();
        if (other.equals(publication.from())
                || !ConversationId.direct(publication.from(), other).equals(header.conversation())) {
            throw new Refusal(
                    ProtocolError.NOT_A_MEMBER,
                    "the conversation is not the one between " + publication.from() + " and " + other);
        }
        return new Members(List.of(publication.from(), other).stream().sorted().toList(), true);
    }

    /// The devices that the letter's seal is wrapped for, presented now or known.
    private Set<DeviceId> wrapped(Sql sql) throws SQLException, Refusal {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Known(ConversationId conversation, DeviceId sender, byte[] commitment) {}
        Optional<Known> known = sql.one(
                "SELECT conversation, sender, commitment FROM seal WHERE id = ?",
                row -> new Known(
                        ConversationId.ofBytes(row.getBytes(1)), DeviceId.ofBytes(row.getBytes(2)), row.getBytes(3)),
                header.sealId());
        Optional<Seal> presented = publication.seal();
        if (presented.isPresent() && !Arrays.equals(presented.get().id(), header.sealId())) {
            throw new Refusal(ProtocolError.UNKNOWN_SEAL, "the seal that came with the letter is not the letter's");
        }
        Known seal = known.or(() -> presented.map(s -> new Known(s.conversation(), s.sender(), s.commitment())))
                .orElseThrow(() -> new Refusal(ProtocolError.UNKNOWN_SEAL, "the letter's seal is not here"));
        if (!seal.sender().equals(header.sender()) || !seal.conversation().equals(header.conversation())) {
            throw new Refusal(ProtocolError.UNKNOWN_SEAL, "the seal is of another sender or conversation");
        }
        if (!Arrays.equals(seal.commitment(), header.commitment())) {
            throw new Refusal(ProtocolError.UNKNOWN_SEAL, "the letter's commitment is not the seal's");
        }
        if (known.isPresent()) {
            return new HashSet<>(sql.all(
                    "SELECT device FROM wrap WHERE seal = ?",
                    row -> DeviceId.ofBytes(row.getBytes(1)),
                    header.sealId()));
        }
        Set<DeviceId> devices = new HashSet<>();
        presented.orElseThrow().wraps().forEach(wrap -> devices.add(wrap.device()));
        return devices;
    }

    /// A seal is current if its sender took the right people for members and wrapped for every device of theirs
    /// that can receive, and for no stranger. The sender's own device needs no wrap: it has what it wrote.
    private void requireCurrent(Sql sql, Set<DeviceId> wrapped, List<Address> members, Instant now)
            throws SQLException, Refusal {
        if (publication.seal().isPresent()
                && !publication.seal().get().members().equals(members)) {
            throw new Refusal(ProtocolError.STALE_SEAL, "the seal names other members than the conversation has");
        }
        Set<DeviceId> required = new HashSet<>();
        for (Address member : members) {
            Set<DeviceId> receiving = Devices.receiving(sql, member, now);
            if (receiving.isEmpty() && !member.equals(publication.from())) {
                throw new Refusal(ProtocolError.UNKNOWN_ADDRESS, "no device of " + member + " can receive");
            }
            required.addAll(receiving);
        }
        required.remove(header.sender());
        if (!wrapped.containsAll(required)) {
            throw new Refusal(ProtocolError.STALE_SEAL, "the seal leaves out a device of a member");
        }
        for (DeviceId device : wrapped) {
            boolean member = sql.one(
                            "SELECT address FROM device WHERE id = ? AND revoked = 0 AND receives = 1",
                            row -> new Address(row.getString(1)),
                            device.bytes())
                    .map(members::contains)
                    .orElse(false);
            if (!member) {
                throw new Refusal(ProtocolError.STALE_SEAL, "the seal is wrapped for a device that may not read");
            }
        }
    }

    /// The wraps count as often as their seal is presented, which is once.
    private void requireRoom(Sql sql) throws SQLException, Refusal {
        long more = letterDer.length + publication.seal().map(Append::octets).orElse(0L);
        Optional<Verdict.Refused> refused = storage.refusal(sql, publication.from(), more);
        if (refused.isPresent()) {
            throw new Refusal(refused.get());
        }
    }

    private static long octets(Seal seal) {
        return seal.wraps().stream()
                .mapToLong(wrap -> wrap.recipientInfoDer().length)
                .sum();
    }

    private void create(Sql sql, List<Address> members) throws SQLException {
        byte[] conversation = header.conversation().bytes();
        sql.update("INSERT INTO conversation VALUES (?, 0, ?)", conversation, TranscriptHash.start());
        for (Address member : members) {
            sql.update("INSERT INTO member VALUES (?, ?)", conversation, member.value());
        }
    }

    private long place(Sql sql, Instant now) throws SQLException {
        byte[] conversation = header.conversation().bytes();
        long sequence = 1
                + sql.one("SELECT head FROM conversation WHERE id = ?", row -> row.getLong(1), conversation)
                        .orElseThrow();
        byte[] transcript = TranscriptHash.next(transcript(sql), sequence, letterHash);
        sql.update("UPDATE conversation SET head = ?, transcript = ? WHERE id = ?", sequence, transcript, conversation);
        sql.update(
                "INSERT INTO chain VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (sender, id) DO UPDATE SET counter = excluded.counter",
                header.sender().bytes(),
                header.chain().bytes(),
                conversation,
                header.counter());
        sql.update(
                "INSERT INTO letter VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                conversation,
                sequence,
                now.toEpochMilli(),
                header.sender().bytes(),
                header.chain().bytes(),
                header.counter(),
                header.sealId(),
                letterHash,
                transcript,
                letterDer);
        storage.add(sql, publication.from(), letterDer.length);
        return sequence;
    }

    private byte[] transcript(Sql sql) throws SQLException {
        return sql.one(
                        "SELECT transcript FROM conversation WHERE id = ?",
                        row -> row.getBytes(1),
                        header.conversation().bytes())
                .orElseThrow();
    }

    /// The seal and its wraps, once; who reads here for the first time begins at this letter.
    private void store(Sql sql, Seal seal, long sequence) throws SQLException {
        int stored = sql.update(
                "INSERT OR IGNORE INTO seal VALUES (?, ?, ?, ?)",
                seal.id(),
                seal.conversation().bytes(),
                seal.sender().bytes(),
                seal.commitment());
        if (stored == 0) {
            return;
        }
        storage.add(sql, publication.from(), octets(seal));
        for (Wrap wrap : seal.wraps()) {
            sql.update(
                    "INSERT INTO wrap VALUES (?, ?, ?)",
                    seal.id(),
                    wrap.device().bytes(),
                    wrap.recipientInfoDer());
            sql.update(
                    "INSERT OR IGNORE INTO cursor VALUES (?, ?, ?)",
                    wrap.device().bytes(),
                    seal.conversation().bytes(),
                    sequence - 1);
        }
    }

    /// Leaves the checks; never leaves this class.
    private static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Verdict verdict;

        Refusal(ProtocolError error, String detail) {
            super(detail, null, false, false);
            this.verdict = new Verdict.Refused(error, detail);
        }

        Refusal(Verdict.Refused verdict) {
            super(verdict.detail(), null, false, false);
            this.verdict = verdict;
        }
    }
}
