package org.chancery.client.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.record.EncodedRecord;

/// The membership records of all rooms, each from its first entry on.
public final class RoomEntries {
    private final StoreAccess access;
    private final SealedTable table;

    RoomEntries(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    /// Every room's entries, in the order in which they were added.
    public Map<ConversationId, List<RoomEntry>> all() throws StoreException {
        return access.read(() -> {
            Map<ConversationId, List<RoomEntry>> rooms = new LinkedHashMap<>();
            for (Row row : table.all()) {
                RoomEntry entry = decode(row);
                rooms.computeIfAbsent(entry.room(), _ -> new ArrayList<>()).add(entry);
            }
            return rooms;
        });
    }

    /// Adds an entry behind the others of its room, or writes it anew at another place.
    public void put(RoomEntry entry) throws StoreException {
        byte[] body = new RecordWriter()
                .octets(entry.room().bytes())
                .number(entry.sequence())
                .instant(entry.acceptedAt())
                .octets(entry.hash().bytes())
                .text(entry.actor().value())
                .octets(entry.device().bytes())
                .octets(entry.record().der())
                .body();
        access.run(() -> table.put(table.name(entry.hash().bytes()), body));
    }

    private static RoomEntry decode(Row row) throws StoreException {
        RecordReader in = new RecordReader(row.body());
        try {
            return new RoomEntry(
                    ConversationId.ofBytes(in.octets()),
                    in.number(),
                    in.instant(),
                    Digest.ofBytes(in.octets()),
                    Address.parseCanonical(in.text()),
                    DeviceId.ofBytes(in.octets()),
                    EncodedRecord.of(in.octets()));
        } catch (MalformedNameException | IllegalArgumentException e) {
            throw StoreException.damaged("a membership entry holds a malformed name", e);
        }
    }
}
