package org.chancery.client.store;

import org.chancery.pki.name.Address;

/// How what the relay shows of a device chain differs from what it showed before, where it does not go on from it. The
/// names are stable: they stand in the store, and in what commands print.
public enum ChainChange {
    /// It begins with another entry.
    ANEW(1, "has started anew"),
    /// It begins as it did, and goes on otherwise.
    FORKED(2, "has been rewritten"),
    /// Its last entries are missing.
    ROLLED_BACK(3, "has lost its last entries"),
    /// There is none any more.
    GONE(4, "is gone"),
    /// It does not hold.
    BROKEN(5, "does not hold");

    private final int code;
    private final String words;

    ChainChange(int code, String words) {
        this.code = code;
        this.words = words;
    }

    int code() {
        return code;
    }

    static ChainChange ofCode(long code) throws StoreException {
        for (ChainChange change : values()) {
            if (change.code == code) {
                return change;
            }
        }
        throw new StoreException(StoreFailure.UNSUPPORTED, "a change of a chain of kind " + code, null);
    }

    /// What the chain has done, for people.
    public String words() {
        return words;
    }

    /// Why nothing is sealed to somebody whose chain has done so.
    public String sentence(Address address) {
        return "the device chain of " + address + " " + words + ", as the relay shows it: nothing is sealed to "
                + address + " before you accept that";
    }

    /// Whether there is something that a person could go by instead.
    public boolean canBeAccepted() {
        return this == ANEW || this == FORKED || this == ROLLED_BACK;
    }
}
