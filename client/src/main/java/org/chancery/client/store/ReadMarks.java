package org.chancery.client.store;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;

/// How far each person has said to have read, by the places of the relay's log.
public final class ReadMarks {
    private final StoreAccess access;
    private final SealedTable table;

    ReadMarks(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    /// Remembers that `reader` has read up to a place. Nobody reads backwards.
    ///
    /// @return whether that is further than before
    public boolean raise(ConversationId conversation, Address reader, long upTo) throws StoreException {
        return access.read(() -> {
            byte[] name = name(conversation, reader);
            if (upTo <= of(name)) {
                return false;
            }
            byte[] body = new RecordWriter().number(upTo).text(reader.value()).body();
            table.put(name, parent(conversation), body);
            return true;
        });
    }

    /// The relay's log is another one, with places of its own.
    public void forget() throws StoreException {
        access.run(table::deleteAll);
    }

    private long of(byte[] name) throws StoreException {
        Optional<Row> row = table.find(name);
        return row.isPresent() ? new RecordReader(row.get().body()).number() : 0;
    }

    private byte[] name(ConversationId conversation, Address reader) {
        return table.name(conversation.bytes(), reader.value().getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] parent(ConversationId conversation) {
        return table.name(conversation.bytes());
    }
}
