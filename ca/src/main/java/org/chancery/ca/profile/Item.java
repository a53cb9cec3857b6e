package org.chancery.ca.profile;

/// One thing that was requested, and what became of it.
///
/// @param what its kind: `rfc822Name`, `subject`, `extension`
/// @param value as the request has it; from outside, so print it with care
/// @param why in a few words
public record Item(String what, String value, Outcome outcome, String why) {
    /// What became of it.
    public enum Outcome {
        /// In the certificate as requested.
        GRANTED,
        /// Not in the certificate.
        DROPPED
    }

    static Item granted(String what, String value) {
        return new Item(what, value, Outcome.GRANTED, "the profile allows it");
    }

    static Item dropped(String what, String value, String why) {
        return new Item(what, value, Outcome.DROPPED, why);
    }
}
