package org.chancery.pki.seeded;

import java.time.Instant;

/// Asks the machine for the time instead of being told.
final class ReadsTheWorld {
    Instant now() {
        return Instant.now();
    }
}
