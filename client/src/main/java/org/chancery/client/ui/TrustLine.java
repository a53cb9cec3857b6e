package org.chancery.client.ui;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.ContactDevice;

/// Where other messengers say "last seen": what vouches for this person, in one sentence.
///
/// @param validity what it says of the certificate, e.g. `valid until 12 June`
/// @param good whether messages can be sealed to them now
record TrustLine(String validity, String sentence, boolean good) {
    static TrustLine of(Contact contact, Times times) {
        return switch (contact.trust()) {
            case TRUSTED -> trusted(contact, times);
            case REVOKED -> distrusted("revoked", "nothing more can be sent or accepted");
            case EXPIRED -> distrusted("expired", "waiting for a renewed one");
            case UNKNOWN -> distrusted("not known yet", "messages wait until there is one");
        };
    }

    private static TrustLine trusted(Contact contact, Times times) {
        int devices = contact.devices().size();
        String sealing = "end-to-end encrypted to " + (devices == 1 ? "1 device" : devices + " devices");
        String validity = validUntil(contact.devices())
                .map(end -> "valid until " + times.date(end))
                .orElse("valid");
        return new TrustLine(validity, "Certificate " + validity + " · " + sealing, true);
    }

    private static TrustLine distrusted(String validity, String consequence) {
        return new TrustLine(validity, "Certificate " + validity + " · " + consequence, false);
    }

    /// The last day on which one of the devices can still be sealed to.
    private static Optional<Instant> validUntil(List<ContactDevice> devices) {
        return devices.stream().map(ContactDevice::notAfter).max(Instant::compareTo);
    }
}
