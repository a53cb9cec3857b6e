package org.chancery.ca.profile;

/// One thing that was requested, and what became of it; or one that the profile writes of itself.
///
/// @param what its kind: `name`, `display name`, `subject`, `extension`
/// @param value as the request has it; from outside, so print it with care
/// @param why in a few words
public record Item(String what, String value, Outcome outcome, String why) {
    /// What became of it.
    public enum Outcome {
        /// In the certificate as requested.
        GRANTED,
        /// Not in the certificate.
        DROPPED,
        /// In the certificate, and not requested.
        ADDED
    }

    static Item granted(String what, String value) {
        return new Item(what, value, Outcome.GRANTED, "the profile allows it");
    }

    static Item dropped(String what, String value, String why) {
        return new Item(what, value, Outcome.DROPPED, why);
    }

    static Item added(String what, String value) {
        return new Item(what, value, Outcome.ADDED, "the profile writes it");
    }
}
