package org.chancery.client.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;

/// How far each person has said to have read, by the places of the relay's log.
public final class ReadMarks {
    /// As many as read notes are sent among, and some who have left.
    private static final int MAX_PEOPLE = 100;

    private final StoreAccess access;
    private final SealedTable table;

    ReadMarks(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    /// How far `reader` has read; 0: nothing is known.
    public long of(ConversationId conversation, Address reader) throws StoreException {
        return access.read(() -> {
            Optional<Row> row = table.find(name(conversation, reader));
            return row.isPresent() ? new RecordReader(row.get().body()).number() : 0;
        });
    }

    /// How far everybody has read in a conversation.
    public Map<Address, Long> all(ConversationId conversation) throws StoreException {
        return access.read(() -> {
            Map<Address, Long> all = new TreeMap<>();
            for (Row row : table.newest(parent(conversation), 0, MAX_PEOPLE)) {
                RecordReader in = new RecordReader(row.body());
                long upTo = in.number();
                all.put(address(in.text()), upTo);
            }
            return all;
        });
    }

    /// Remembers that `reader` has read up to a place. Nobody reads backwards.
    ///
    /// @return whether that is further than before
    public boolean raise(ConversationId conversation, Address reader, long upTo) throws StoreException {
        return access.read(() -> {
            if (upTo <= of(conversation, reader)) {
                return false;
            }
            byte[] body = new RecordWriter().number(upTo).text(reader.value()).body();
            table.put(name(conversation, reader), parent(conversation), body);
            return true;
        });
    }

    /// The relay's log is another one, with places of its own.
    public void forget() throws StoreException {
        access.run(table::deleteAll);
    }

    private byte[] name(ConversationId conversation, Address reader) {
        return table.name(conversation.bytes(), reader.value().getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] parent(ConversationId conversation) {
        return table.name(conversation.bytes());
    }

    private static Address address(String stored) throws StoreException {
        try {
            return Address.parseCanonical(stored);
        } catch (MalformedNameException e) {
            throw StoreException.damaged("a reader's address is none", e);
        }
    }
}
