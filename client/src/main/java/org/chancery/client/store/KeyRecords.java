package org.chancery.client.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.chancery.client.store.SealedTable.Row;

/// This device's envelope keys, the destroyed ones too: a letter to one of those is told by that name. The keys
/// themselves lie in files of their own.
public final class KeyRecords {
    private final StoreAccess access;
    private final SealedTable table;

    KeyRecords(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    public List<KeyRecord> all() throws StoreException {
        return access.read(() -> {
            List<KeyRecord> all = new ArrayList<>();
            for (Row row : table.all()) {
                RecordReader in = new RecordReader(row.body());
                all.add(new KeyRecord(Math.toIntExact(in.number()), in.instant(), in.octets(), in.flag(), in.flag()));
            }
            return all;
        });
    }

    /// Forgets all of them.
    void forget() throws StoreException {
        access.run(table::deleteAll);
    }

    /// Remembers a key, in place of what was remembered of that number before.
    public void put(KeyRecord key) throws StoreException {
        byte[] body = new RecordWriter()
                .number(key.number())
                .instant(key.start())
                .octets(key.subjectKeyIdentifier())
                .flag(key.accepted())
                .flag(key.destroyed())
                .body();
        byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(key.number()).array();
        access.run(() -> table.put(table.name(number), body));
    }
}
