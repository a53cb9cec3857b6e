package org.chancery.ca.ledger;

/// Why the ledger could not do what it was asked.
public enum LedgerFailure {
    /// There is no ledger at that path.
    MISSING("no authority was founded there, or its ledger was taken away"),
    /// The file is no ledger.
    NOT_A_LEDGER("is --home the directory of an authority?"),
    /// It is a ledger, of a version this program does not know.
    OTHER_VERSION("use the version of this program that wrote it"),
    /// Another process held the write lock for longer than [Ledger#PATIENCE].
    BUSY("try again"),
    /// There is no room to write; nothing was recorded.
    FULL("make room and try again; nothing was issued or revoked"),
    /// The file, or its directory, must not be written or opened; nothing was recorded.
    READ_ONLY("see who owns the files and whether the file system is mounted for writing"),
    /// The disk, or what stands for it, failed; nothing was recorded.
    DISK("see to the disk (room, mode, health), then: ca audit --verify"),
    /// The database contradicts itself.
    DAMAGED("keep the file aside, and put a copy back by: ca restore"),
    /// The record is not the one `audit.head` names: it was altered, cut off, or an older copy put in place.
    ALTERED("see: ca audit --verify"),
    /// What was to be recorded is recorded, but the head of the record outside is behind.
    HEAD_BEHIND("make room or see to the directory; what was recorded stands, see: ca audit"),
    /// What was to be recorded contradicts what is: a serial number twice, a certificate never intended.
    CONTRADICTION("see: ca audit"),
    /// The certificate that another was to take over from has ended, or its key cannot be trusted.
    NO_SUCCESSION("make a new request: ca sign"),
    /// Something else.
    FAILED("");

    private final String hint;

    LedgerFailure(String hint) {
        this.hint = hint;
    }

    /// What to do about it; empty for nothing.
    public String hint() {
        return hint;
    }
}
