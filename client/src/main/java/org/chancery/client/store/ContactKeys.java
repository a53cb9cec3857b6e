package org.chancery.client.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;

/// The newest envelope key of each device ever seen, as its signed record: verified before it was put here.
public final class ContactKeys {
    private final StoreAccess access;
    private final SealedTable table;

    ContactKeys(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    public Map<DeviceId, EncodedRecord> all() throws StoreException {
        return access.read(() -> {
            Map<DeviceId, EncodedRecord> all = new LinkedHashMap<>();
            for (Row row : table.all()) {
                RecordReader in = new RecordReader(row.body());
                try {
                    all.put(DeviceId.ofBytes(in.octets()), EncodedRecord.of(in.octets()));
                } catch (IllegalArgumentException e) {
                    throw StoreException.damaged("the envelope key of a device is malformed", e);
                }
            }
            return all;
        });
    }

    /// Remembers a device's key, in place of the one before.
    public void put(DeviceId device, EncodedRecord record) throws StoreException {
        byte[] body =
                new RecordWriter().octets(device.bytes()).octets(record.der()).body();
        access.run(() -> table.put(table.name(device.bytes()), body));
    }
}
