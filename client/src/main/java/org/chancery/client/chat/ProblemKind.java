package org.chancery.client.chat;

/// What an [Event.Problem] is about, for those who show it differently or count it.
public enum ProblemKind {
    /// A revocation list is missing, too old, or not what its authority signed.
    REVOCATION_LIST,
    /// The relay shows something else than it showed before, or to others.
    RELAY_INCONSISTENT,
    /// The relay refused something.
    REFUSED_BY_RELAY,
    /// A letter came that could not be accepted; the conversation says which and why.
    LETTER_NOT_ACCEPTED,
    /// A device chain does not go on from what it was, or this device is not on its owner's.
    DEVICE_CHAIN,
    /// Letters were not fetched for as long as the relay keeps them.
    LETTERS_LAPSED,
    /// The relay's log was restored or replaced since the last connection.
    RELAY_RESTORED,
    /// Something that was asked for cannot be done.
    NOT_DONE,
    /// The authority says that somebody's key was stolen.
    KEY_STOLEN,
    /// One's own certificate ends soon.
    CERTIFICATE_ENDING,
    /// Disk or store failed.
    STORE,
    /// A fault of this program; it has to be started again.
    INTERNAL
}
