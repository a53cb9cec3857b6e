package org.chancery.server;

import java.io.IOException;
import java.util.List;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.KnownDevice;

/// Carries revocations into the directory, so that nobody seals to a revoked device. A device that comes back
/// with another certificate of its key is entered anew.
final class RevokedDevices {

    private RevokedDevices() {}

    static void mark(ConversationLog log, CrlSet crls) throws IOException, InterruptedException {
        List<DeviceId> revoked = log.unrevokedDevices().stream()
                .filter(device -> isRevoked(device, crls))
                .map(KnownDevice::id)
                .toList();
        if (!revoked.isEmpty()) {
            log.revoke(revoked);
        }
    }

    /// A device falls with the authorities above it.
    private static boolean isRevoked(KnownDevice device, CrlSet crls) {
        return device.chain().certificates().stream().anyMatch(crls::isListed);
    }
}
