package org.chancery.server;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.chancery.pki.certificate.SerialNumber;
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

    private static boolean isRevoked(KnownDevice device, CrlSet crls) {
        X509Certificate leaf = device.chain().leaf();
        return crls.newest(leaf.getIssuerX500Principal())
                .flatMap(crl -> crl.find(SerialNumber.of(leaf)))
                .isPresent();
    }
}
