package org.chancery.client.trust;

import org.chancery.protocol.key.EnvelopeKey;

/// What the record of a device's envelope key says.
public sealed interface KeyVerdict {
    /// The device said this.
    record Verified(EnvelopeKey key) implements KeyVerdict {}

    /// That cannot be said without newer revocation lists.
    record Undecided(String why) implements KeyVerdict {}

    /// Nothing that the device said.
    record Broken(String why) implements KeyVerdict {}
}
