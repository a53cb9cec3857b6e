package org.chancery.ca.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// An act as it stands in the record.
///
/// @param kind what was done, such as `issued`
/// @param subject the serial number of a certificate, or issuer and number of a CRL, `<device>/<number>`
/// @param factText as [Head] hashes it
/// @param hash for it and for all before it, in hex
public record RecordedAct(
        long sequence, Instant at, String kind, Optional<String> subject, String factText, String hash) {
    /// What else is known of it, by name; from outside in part, so print it with care.
    public Map<String, String> facts() {
        return FactText.parse(factText);
    }

    /// The head it makes of the one before it; if it is the next, and as it was recorded, with its own hash.
    Head after(Head head) {
        return head.then(at, kind, subject.orElse(""), factText);
    }

    /// The head it says it makes.
    Head head() {
        return new Head(sequence, hash);
    }
}
