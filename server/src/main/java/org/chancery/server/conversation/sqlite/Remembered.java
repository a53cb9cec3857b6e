package org.chancery.server.conversation.sqlite;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.jspecify.annotations.Nullable;

/// What the writer knows of the store without asking, so that a letter in a conversation that is going on costs one
/// row: its conversation, its chain, its seal. Heads, counters and cursors that moved are written once a commit.
/// Bounded; the writer's alone.
///
/// It may be ahead of the disk inside a transaction only: a transaction that fails takes the process with it.
/// Whatever changes the store without telling it comes after [#settle], which writes everything out and forgets
/// it.
final class Remembered {

    private static final int MOST = 8192;
    private static final long MOST_SEAL_OCTETS = 16 << 20;

    /// A conversation as it is after the last letter taken. The writer's.
    static final class Conversation {

        final List<Address> members;
        long head;
        Digest transcript;

        Conversation(List<Address> members, long head, Digest transcript) {
            this.members = List.copyOf(members);
            this.head = head;
            this.transcript = transcript;
        }
    }

    /// Names a chain.
    record ChainKey(DeviceId sender, ChainId id) {}

    /// A chain after the last letter taken. The writer's.
    static final class Chain {

        final ConversationId conversation;
        long counter;

        Chain(ConversationId conversation, long counter) {
            this.conversation = conversation;
            this.counter = counter;
        }
    }

    private record CursorKey(DeviceId device, ConversationId conversation) {}

    private final Recent<ConversationId, Conversation> conversations = new Recent<>(MOST, _ -> 1);
    private final Recent<ChainKey, Chain> chains = new Recent<>(MOST, _ -> 1);
    private final Recent<ByteBuffer, KnownSeal> seals = new Recent<>(MOST_SEAL_OCTETS, KnownSeal::octets);
    private final Set<ConversationId> movedConversations = new LinkedHashSet<>();
    private final Set<ChainKey> movedChains = new LinkedHashSet<>();
    private final Map<CursorKey, Long> movedCursors = new HashMap<>();

    /// A conversation that exists.
    Optional<Conversation> conversation(Sql sql, ConversationId id) throws SQLException {
        Conversation known = conversations.find(id);
        if (known == null) {
            List<Address> members = sql.all(
                    "SELECT address FROM member WHERE conversation = ? ORDER BY address",
                    row -> new Address(row.getString(1)),
                    id.bytes());
            known = sql.one(
                            "SELECT head, transcript FROM conversation WHERE id = ?",
                            row -> new Conversation(members, row.getLong(1), Sql.digest(row, 2)),
                            id.bytes())
                    .orElse(null);
            if (known != null) {
                conversations.put(id, known);
            }
        }
        return Optional.ofNullable(known);
    }

    /// A conversation that has just been made.
    void created(ConversationId id, Conversation conversation) {
        conversations.put(id, conversation);
    }

    /// A chain that has a letter.
    Optional<Chain> chain(Sql sql, ChainKey key) throws SQLException {
        Chain known = chains.find(key);
        if (known == null) {
            known = sql.one(
                            "SELECT conversation, counter FROM chain WHERE sender = ? AND id = ?",
                            row -> new Chain(ConversationId.ofBytes(row.getBytes(1)), row.getLong(2)),
                            key.sender().bytes(),
                            key.id().bytes())
                    .orElse(null);
            if (known != null) {
                chains.put(key, known);
            }
        }
        return Optional.ofNullable(known);
    }

    /// A seal that is stored.
    Optional<KnownSeal> seal(Sql sql, byte[] id) throws SQLException {
        ByteBuffer key = ByteBuffer.wrap(id);
        KnownSeal known = seals.find(key);
        if (known == null) {
            known = KnownSeal.find(sql, id).orElse(null);
            if (known != null) {
                seals.put(key, known);
            }
        }
        return Optional.ofNullable(known);
    }

    /// A seal that has just been stored.
    void stored(byte[] id, KnownSeal seal) {
        seals.put(ByteBuffer.wrap(id), seal);
    }

    /// A letter has been placed: its conversation and its chain have moved.
    void placed(ConversationId id, ChainKey key, Chain chain) {
        movedConversations.add(id);
        chains.put(key, chain);
        movedChains.add(key);
    }

    /// A device has acknowledged.
    void acknowledged(DeviceId device, ConversationId conversation, long sequence) {
        movedCursors.merge(new CursorKey(device, conversation), sequence, Math::max);
    }

    /// Writes what moved into the transaction.
    void write(Sql sql) throws SQLException {
        for (ConversationId id : movedConversations) {
            Conversation moved = found(conversations.find(id));
            sql.update(
                    "UPDATE conversation SET head = ?, transcript = ? WHERE id = ?",
                    moved.head,
                    moved.transcript,
                    id.bytes());
        }
        for (ChainKey key : movedChains) {
            Chain moved = found(chains.find(key));
            sql.update(
                    "INSERT INTO chain VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (sender, id) DO UPDATE SET counter = excluded.counter",
                    key.sender().bytes(),
                    key.id().bytes(),
                    moved.conversation.bytes(),
                    moved.counter);
        }
        for (Map.Entry<CursorKey, Long> moved : movedCursors.entrySet()) {
            Cursors.acknowledge(sql, moved.getKey().device(), moved.getKey().conversation(), moved.getValue());
        }
        movedConversations.clear();
        movedChains.clear();
        movedCursors.clear();
        conversations.trim();
        chains.trim();
        seals.trim();
    }

    /// What moved is let go by nobody before it is written.
    private static <T> T found(@Nullable T moved) {
        if (moved == null) {
            throw new IllegalStateException("forgotten before it was written");
        }
        return moved;
    }

    /// Writes what moved, and forgets everything: what follows changes the store by itself.
    void settle(Sql sql) throws SQLException {
        write(sql);
        conversations.clear();
        chains.clear();
        seals.clear();
    }
}
