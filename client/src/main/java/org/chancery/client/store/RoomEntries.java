package org.chancery.client.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipException;

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
        Amendment amendment = entry.amendment();
        byte[] body = new RecordWriter()
                .number(entry.sequence())
                .instant(entry.acceptedAt())
                .text(amendment.actor().value())
                .octets(amendment.device().bytes())
                .instant(amendment.signedAt())
                .octets(amendment.entry().encode())
                .octets(amendment.record().der())
                .body();
        access.run(() -> table.put(table.name(entry.hash().bytes()), body));
    }

    private static RoomEntry decode(Row row) throws StoreException {
        RecordReader in = new RecordReader(row.body());
        try {
            long sequence = in.number();
            Instant acceptedAt = in.instant();
            Address actor = Address.parseCanonical(in.text());
            DeviceId device = DeviceId.ofBytes(in.octets());
            Instant signedAt = in.instant();
            MembershipEntry entry = MembershipEntry.decode(in.octets());
            EncodedRecord record = EncodedRecord.of(in.octets());
            return new RoomEntry(sequence, acceptedAt, Amendment.kept(record, entry, actor, device, signedAt));
        } catch (MalformedNameException | MembershipException | IllegalArgumentException e) {
            throw StoreException.damaged("a membership entry cannot be read", e);
        }
    }
}
