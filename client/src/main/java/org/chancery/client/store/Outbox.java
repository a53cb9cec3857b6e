package org.chancery.client.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.Seal;

/// One's own messages on their way to the relay, in the order in which they were written.
public final class Outbox {
    private final StoreAccess access;
    private final SealedTable table;

    Outbox(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    /// What waits, oldest first.
    public List<OutboxEntry> entries() throws StoreException {
        return access.read(() -> {
            List<OutboxEntry> entries = new ArrayList<>();
            for (SealedTable.Row row : table.all()) {
                entries.add(decode(row.body()));
            }
            return entries;
        });
    }

    /// Adds `entry`, or writes it anew with its letters; it keeps its turn.
    public void put(OutboxEntry entry) throws StoreException {
        RecordWriter out = new RecordWriter()
                .number(entry.message())
                .number(entry.letters().size());
        for (SealedLetter letter : entry.letters()) {
            out.optionalOctets(letter.seal().map(Seal::der))
                    .octets(letter.letter().der())
                    .instant(letter.sealedAt());
        }
        access.run(() -> table.put(entry.message(), name(entry.message()), new byte[0], out.body()));
    }

    /// Takes out the entry of this message: the relay has it, or it cannot be sent.
    public void remove(long message) throws StoreException {
        access.run(() -> table.delete(name(message)));
    }

    private byte[] name(long message) {
        return table.name(ByteBuffer.allocate(Long.BYTES).putLong(message).array());
    }

    private static OutboxEntry decode(byte[] body) throws StoreException {
        RecordReader in = new RecordReader(body);
        long message = in.number();
        try {
            List<SealedLetter> letters = new ArrayList<>();
            for (long left = in.number(); left > 0; left--) {
                Optional<byte[]> der = in.optionalOctets();
                Optional<Seal> seal = der.isPresent() ? Optional.of(Seal.parse(der.get())) : Optional.empty();
                letters.add(new SealedLetter(seal, Letter.parse(in.octets()), in.instant()));
            }
            return new OutboxEntry(message, letters);
        } catch (MalformedEnvelopeException e) {
            throw StoreException.damaged("the letter of message " + message + " is malformed", e);
        }
    }
}
