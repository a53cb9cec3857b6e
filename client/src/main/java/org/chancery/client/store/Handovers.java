package org.chancery.client.store;

import java.util.Optional;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.name.DeviceId;

/// What is being handed to new devices, one after the other.
public final class Handovers {
    private final StoreAccess access;
    private final SealedTable table;

    Handovers(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    /// The one that was begun first.
    public Optional<Handover> first() throws StoreException {
        return access.read(() -> {
            Optional<Row> row = table.all().stream().findFirst();
            return row.isPresent() ? Optional.of(decode(row.get())) : Optional.empty();
        });
    }

    public void put(Handover handover) throws StoreException {
        byte[] body = new RecordWriter()
                .octets(handover.device().bytes())
                .number(handover.before())
                .instant(handover.since())
                .number(handover.letters())
                .number(handover.octets())
                .body();
        access.run(() -> table.put(name(handover.device()), body));
    }

    /// It is done, or there is nobody any more to hand anything to.
    public void remove(DeviceId device) throws StoreException {
        access.run(() -> table.delete(name(device)));
    }

    private byte[] name(DeviceId device) {
        return table.name(device.bytes());
    }

    private static Handover decode(Row row) throws StoreException {
        RecordReader in = new RecordReader(row.body());
        try {
            return new Handover(
                    DeviceId.ofBytes(in.octets()),
                    in.number(),
                    in.instant(),
                    Math.toIntExact(in.number()),
                    in.number());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw StoreException.damaged("what is handed to a new device holds a malformed value", e);
        }
    }
}
