package org.chancery.client.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;

/// Which letters are missing, so that they can be asked for and be put in their place.
public final class MissingLetters {
    /// Lines about one chain that are looked at; a sender who leaves more gaps than these has them stay.
    private static final int MAX_LINES = 1_000;

    private final StoreAccess access;
    private final SealedTable table;

    MissingLetters(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    /// Remembers what is missing; forgets it, where that is nothing.
    public void put(Missing missing) throws StoreException {
        if (missing.ranges().isEmpty()) {
            access.run(() -> table.delete(name(missing.line())));
            return;
        }
        RecordWriter out = new RecordWriter()
                .number(missing.line())
                .party(missing.party())
                .text(missing.from().value())
                .octets(missing.device().bytes())
                .octets(missing.chain().bytes())
                .number(missing.base())
                .number(missing.free())
                .number(missing.ranges().size());
        for (Missing.Range range : missing.ranges()) {
            out.number(range.first()).number(range.count());
        }
        byte[] parent = parent(missing.party(), missing.device(), missing.chain());
        access.run(() -> table.put(missing.line(), name(missing.line()), parent, out.body()));
    }

    /// What the line `line` says is missing.
    public Optional<Missing> find(long line) throws StoreException {
        return access.read(() -> {
            Optional<Row> row = table.find(name(line));
            return row.isPresent() ? Optional.of(decode(row.get().body())) : Optional.empty();
        });
    }

    /// What every line says that is about letters of a chain.
    public List<Missing> of(Party party, DeviceId device, ChainId chain) throws StoreException {
        return access.read(() -> {
            List<Missing> found = new ArrayList<>();
            for (Row row : table.newest(parent(party, device, chain), 0, MAX_LINES)) {
                found.add(decode(row.body()));
            }
            return found;
        });
    }

    private byte[] name(long line) {
        return table.name(ByteBuffer.allocate(Long.BYTES).putLong(line).array());
    }

    private byte[] parent(Party party, DeviceId device, ChainId chain) {
        return table.name(party.conversation().bytes(), device.bytes(), chain.bytes());
    }

    private static Missing decode(byte[] body) throws StoreException {
        RecordReader in = new RecordReader(body);
        try {
            long line = in.number();
            Party party = in.party();
            Address from = Address.parseCanonical(in.text());
            DeviceId device = DeviceId.ofBytes(in.octets());
            ChainId chain = ChainId.ofBytes(in.octets());
            long base = in.number();
            long free = in.number();
            List<Missing.Range> ranges = new ArrayList<>();
            for (long left = in.number(); left > 0; left--) {
                ranges.add(new Missing.Range(in.number(), in.number()));
            }
            return new Missing(line, party, from, device, chain, base, free, ranges);
        } catch (MalformedNameException | IllegalArgumentException e) {
            throw StoreException.damaged("what is missing holds a malformed name", e);
        }
    }
}
