package org.chancery.client.chat;

import java.time.Instant;
import java.util.List;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// Who this client is, by its own certificate.
///
/// @param pathNames who vouches: the certificate's own name first, the root's last
/// @param rootFingerprint SHA-256 of the pinned root, lower-case hex
public record SelfView(
        Address address,
        String displayName,
        DeviceId device,
        Instant certificateNotAfter,
        List<String> pathNames,
        String rootFingerprint) {
    public SelfView {
        pathNames = List.copyOf(pathNames);
    }
}
