package org.chancery.client.engine;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.RecordException;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.device.DeviceException;

/// Device chains as the relay in memory reads them.
final class TestChains {
    private TestChains() {}

    /// Which devices are on it: what its entries say, whoever has signed them.
    static Set<DeviceId> devices(Collection<EncodedRecord> chain) {
        Set<DeviceId> devices = new LinkedHashSet<>();
        for (EncodedRecord record : chain) {
            switch (entry(record).act()) {
                case DeviceEntry.Act.Add(DeviceId device) -> devices.add(device);
                case DeviceEntry.Act.End(DeviceId device) -> devices.remove(device);
                case DeviceEntry.Act.Replace(DeviceId device, DeviceId by) -> {
                    devices.remove(device);
                    devices.add(by);
                }
            }
        }
        return devices;
    }

    private static DeviceEntry entry(EncodedRecord record) {
        try {
            return DeviceEntry.decode(record.parse().content());
        } catch (RecordException | DeviceException e) {
            throw new IllegalStateException("a client submits no such entry", e);
        }
    }
}
