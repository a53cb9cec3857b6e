package org.chancery.client.store;

import java.util.Optional;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.envelope.ConversationId;

/// Words that have not been sent yet, one text a conversation.
public final class Drafts {
    private final StoreAccess access;
    private final SealedTable table;

    Drafts(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    /// What is written there; empty for nothing.
    public String of(ConversationId conversation) throws StoreException {
        return access.read(() -> {
            Optional<Row> row = table.find(name(conversation));
            return row.isPresent() ? new RecordReader(row.get().body()).text() : "";
        });
    }

    /// Keeps `text`; forgets the draft, where that is empty.
    public void put(ConversationId conversation, String text) throws StoreException {
        access.run(() -> {
            if (text.isEmpty()) {
                table.delete(name(conversation));
            } else {
                table.put(name(conversation), new RecordWriter().text(text).body());
            }
        });
    }

    private byte[] name(ConversationId conversation) {
        return table.name(conversation.bytes());
    }
}
