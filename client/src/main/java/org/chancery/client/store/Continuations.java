package org.chancery.client.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;

/// The last beginning of a new chain in each conversation in which there was one.
public final class Continuations {
    private final StoreAccess access;
    private final SealedTable table;

    Continuations(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    public Optional<Continuation> find(ConversationId conversation) throws StoreException {
        return access.read(() -> {
            Optional<Row> row = table.find(name(conversation));
            return row.isPresent() ? Optional.of(decode(row.get())) : Optional.empty();
        });
    }

    /// Those for which nobody has been asked yet.
    public List<Continuation> pending() throws StoreException {
        return access.read(() -> {
            List<Continuation> pending = new ArrayList<>();
            for (Row row : table.all()) {
                Continuation continuation = decode(row);
                if (continuation.pending()) {
                    pending.add(continuation);
                }
            }
            return pending;
        });
    }

    /// Notes that a device begins another chain in a conversation in which it had this one. Part of a commit.
    ///
    /// @param lines the id of the newest line
    /// @param pending whether what may have come after the old one is to be asked for
    public void begin(Conversation old, DeviceId device, long lines, boolean pending) throws StoreException {
        Optional<Continuation> earlier = find(old.id());
        if (old.counter() == 0 && earlier.isPresent()) { // which nobody has heard of yet
            Continuation before = earlier.get();
            put(new Continuation(
                    old.party(),
                    before.device(),
                    before.chain(),
                    before.counter(),
                    before.head(),
                    old.sequence(),
                    lines,
                    pending || before.pending()));
        } else {
            put(new Continuation(
                    old.party(),
                    device,
                    old.chain(),
                    old.counter(),
                    old.previousLetter(),
                    old.sequence(),
                    lines,
                    pending));
        }
    }

    public void put(Continuation continuation) throws StoreException {
        byte[] body = new RecordWriter()
                .party(continuation.party())
                .octets(continuation.device().bytes())
                .octets(continuation.chain().bytes())
                .number(continuation.counter())
                .octets(continuation.head().bytes())
                .number(continuation.seen())
                .number(continuation.lines())
                .flag(continuation.pending())
                .body();
        access.run(() -> table.put(name(continuation.conversation()), body));
    }

    private byte[] name(ConversationId conversation) {
        return table.name(conversation.bytes());
    }

    private static Continuation decode(Row row) throws StoreException {
        RecordReader in = new RecordReader(row.body());
        try {
            return new Continuation(
                    in.party(),
                    DeviceId.ofBytes(in.octets()),
                    ChainId.ofBytes(in.octets()),
                    in.number(),
                    Digest.ofBytes(in.octets()),
                    in.number(),
                    in.number(),
                    in.flag());
        } catch (MalformedNameException | IllegalArgumentException e) {
            throw StoreException.damaged("a chain's beginning holds a malformed name", e);
        }
    }
}
