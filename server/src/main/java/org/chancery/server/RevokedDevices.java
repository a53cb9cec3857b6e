package org.chancery.server;

import java.io.IOException;
import java.util.List;
import org.chancery.pki.name.DeviceId;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.KnownDevice;
import org.chancery.server.revocation.Grounds;

/// Carries revocations into the directory, so that nobody seals to a revoked device. A device that comes back
/// with another certificate of its key is entered anew.
final class RevokedDevices {

    private RevokedDevices() {}

    static void mark(ConversationLog log, Grounds grounds) throws IOException, InterruptedException {
        List<DeviceId> revoked = log.unrevokedDevices().stream()
                .filter(device -> grounds.lists(device.chain()))
                .map(KnownDevice::id)
                .toList();
        if (!revoked.isEmpty()) {
            log.revoke(revoked);
        }
    }
}
