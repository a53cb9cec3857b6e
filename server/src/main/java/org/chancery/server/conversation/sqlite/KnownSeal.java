package org.chancery.server.conversation.sqlite;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.DeviceId;

/// A seal that is in the store, or comes with a letter. The writer's, but for its wraps, which any thread reads.
final class KnownSeal {

    private static final int OVERHEAD = 128;

    final ConversationId conversation;
    final DeviceId sender;
    final byte[] commitment;

    /// Of the room when it was made; no octets between two people.
    final byte[] membershipHead;

    /// Of the members in ascending order, 32 octets each, as [#chainHeads(List)] has them.
    final byte[] chainHeads;

    private final Map<DeviceId, Wrap> wraps;

    /// Every reader of its letters: who can read, without who writes.
    final Set<DeviceId> readers;

    /// Until when the judgement stands that nobody is left out and nobody let in by it.
    private Instant currentUntil = Instant.MIN;

    private KnownSeal(
            ConversationId conversation,
            DeviceId sender,
            byte[] commitment,
            byte[] membershipHead,
            byte[] chainHeads,
            List<Wrap> wraps) {
        this.conversation = conversation;
        this.sender = sender;
        this.commitment = commitment;
        this.membershipHead = membershipHead;
        this.chainHeads = chainHeads;
        Map<DeviceId, Wrap> byDevice = new HashMap<>();
        wraps.forEach(wrap -> byDevice.put(wrap.device(), wrap));
        this.wraps = Map.copyOf(byDevice);
        Set<DeviceId> others = new HashSet<>(byDevice.keySet());
        others.remove(sender);
        this.readers = Set.copyOf(others);
    }

    static KnownSeal of(Seal seal) {
        return new KnownSeal(
                seal.conversation(),
                seal.sender(),
                seal.commitment(),
                seal.membershipHead(),
                chainHeads(seal.members().stream().map(SealMember::chainHead).toList()),
                seal.wraps());
    }

    /// The heads of chains one behind the other; zeros for a chain that has not begun.
    static byte[] chainHeads(List<Optional<Digest>> heads) {
        ByteBuffer all = ByteBuffer.allocate(heads.size() * Digest.BYTES);
        heads.forEach(head -> all.put(head.orElse(Digest.NONE).bytes()));
        return all.array();
    }

    static Optional<KnownSeal> find(Sql sql, byte[] id) throws SQLException {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Row(ConversationId conversation, DeviceId sender, byte[] commitment, byte[] head, byte[] chains) {}
        Optional<Row> row = sql.one(
                "SELECT conversation, sender, commitment, membership_head, chain_heads FROM seal WHERE id = ?",
                r -> new Row(
                        ConversationId.ofBytes(r.getBytes(1)),
                        DeviceId.ofBytes(r.getBytes(2)),
                        r.getBytes(3),
                        r.getBytes(4),
                        r.getBytes(5)),
                id);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        List<Wrap> wraps = sql.all(
                "SELECT device, key_number, recipient_info FROM wrap WHERE seal = ?",
                r -> new Wrap(DeviceId.ofBytes(r.getBytes(1)), r.getInt(2), r.getBytes(3)),
                id);
        return Optional.of(new KnownSeal(
                row.get().conversation(),
                row.get().sender(),
                row.get().commitment(),
                row.get().head(),
                row.get().chains(),
                wraps));
    }

    /// The devices it is wrapped for.
    Set<DeviceId> devices() {
        return wraps.keySet();
    }

    Collection<Wrap> wraps() {
        return wraps.values();
    }

    /// What a device reads by; the sender has what it wrote.
    Optional<Wrap> wrapFor(DeviceId reader) {
        return reader.equals(sender) ? Optional.empty() : Optional.ofNullable(wraps.get(reader));
    }

    /// About what it takes in memory.
    long octets() {
        return OVERHEAD
                + chainHeads.length
                + wraps.values().stream()
                        .mapToLong(wrap -> wrap.length() + OVERHEAD)
                        .sum();
    }

    boolean isCurrent(Instant now) {
        return now.isBefore(currentUntil);
    }

    void currentUntil(Instant end) {
        currentUntil = end;
    }
}
