package org.chancery.ca.ledger;

/// Why the ledger could not do what it was asked.
public enum LedgerFailure {
    /// There is no ledger at that path.
    MISSING,
    /// The file is no ledger of ours, or of a version this program does not know.
    NOT_A_LEDGER,
    /// Another process held the write lock for longer than [Ledger#PATIENCE].
    BUSY,
    /// The disk, the file system or SQLite failed; the transaction was rolled back.
    FAILED
}
