package org.chancery.client.chat;

import java.time.Instant;
import java.util.List;
import org.chancery.pki.name.DeviceId;

/// One device of a contact that can be sealed to: its certificate holds.
///
/// @param since when this client first saw the device
/// @param pathNames who vouches, as people read it: the certificate's own name first, the root's last
public record ContactDevice(DeviceId device, Instant since, Instant notAfter, List<String> pathNames) {
    public ContactDevice {
        pathNames = List.copyOf(pathNames);
    }
}
