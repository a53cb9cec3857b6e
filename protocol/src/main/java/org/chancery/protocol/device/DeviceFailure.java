package org.chancery.protocol.device;

/// Why an entry is none, or does not change a chain.
public enum DeviceFailure {
    /// Not the one encoding of an entry.
    MALFORMED,
    /// Signed with a certificate for another address, or about another address than the chain's.
    OTHER_ADDRESS,
    /// A chain begins with a device that adds itself.
    NOT_THE_BEGINNING,
    /// Not what a device signs that wants to join: its own `add` behind another entry, by itself alone.
    NOT_AN_OFFER,
    /// There is a chain, with devices on it.
    ALREADY_BEGUN,
    /// No device is left on the chain: only a new chain helps.
    OVER,
    /// No device on the chain has signed.
    NOT_ON_CHAIN,
    /// The device that joins has not signed.
    NOT_COUNTERSIGNED,
    /// Somebody has signed whose signature is not asked for.
    STRANGER,
    /// It names another predecessor than the chain's last entry.
    STALE,
    /// The device that joins is on the chain.
    ALREADY_ON_CHAIN,
    /// The device that joins was ended or replaced: it never comes back.
    ENDED,
    /// The device that goes is not on the chain.
    NO_SUCH_DEVICE,
    /// As many devices as a person may have.
    TOO_MANY_DEVICES,
    /// As many entries as a chain may have.
    TOO_MANY_ENTRIES
}
