package org.chancery.client.store;

import java.time.Instant;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;

/// Whose store a backup was made of, and when.
public record BackupOrigin(Address address, DeviceId device, Instant made) {
    byte[] body() {
        return new RecordWriter()
                .text(address.value())
                .octets(device.bytes())
                .instant(made)
                .body();
    }

    static BackupOrigin read(byte[] body) throws StoreException {
        RecordReader in = new RecordReader(body);
        try {
            return new BackupOrigin(Address.parseCanonical(in.text()), DeviceId.ofBytes(in.octets()), in.instant());
        } catch (MalformedNameException | IllegalArgumentException e) {
            throw StoreException.damaged("the backup's origin holds a malformed name", e);
        }
    }
}
