package org.chancery.client.engine;

import java.util.List;
import org.chancery.pki.sealing.RecipientKey;

/// Who, of one address, can read what is sealed now.
sealed interface Readers {
    /// These devices, by the key that each receives with.
    record Some(List<RecipientKey> keys) implements Readers {}

    /// Nobody, and why, as a sentence.
    record None(String sentence) implements Readers {}

    /// The relay shows of one of their devices what must not be gone by, and why, as a sentence: to leave it out would
    /// be what such a relay wants.
    record Refused(String sentence) implements Readers {}

    /// That cannot be said without newer revocation lists.
    record Undecided(String sentence) implements Readers {}
}
