package org.chancery.client.store;

import java.time.Instant;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;

/// A membership entry that has been verified and applied.
///
/// @param sequence its place in the relay's log; 0 where the relay's log, restored from a copy, has lost it
/// @param acceptedAt when the relay took it
/// @param hash SHA-256 of the record: what letters written under it name
/// @param actor whose certificate signed it
/// @param device whose key
public record RoomEntry(
        ConversationId room,
        long sequence,
        Instant acceptedAt,
        Digest hash,
        Address actor,
        DeviceId device,
        EncodedRecord record) {
    /// The same, which the relay's log no longer has.
    public RoomEntry lost() {
        return new RoomEntry(room, 0, acceptedAt, hash, actor, device, record);
    }

    public boolean isLost() {
        return sequence == 0;
    }
}
