package org.chancery.ca.backup;

/// Why a copy cannot be made or used.
public enum BackupFailure {
    /// Not a copy that this program made.
    MALFORMED("give a file that ca backup wrote"),
    /// More, or larger, files than an authority has.
    TOO_LARGE("give a file that ca backup wrote"),
    /// What was read is not what was written.
    DAMAGED("take an older copy; every copy was read back when it was made"),
    /// A CRL that no CA of this authority signed.
    FOREIGN_CRL("give the newest CRLs of this authority, from where the relay has them"),
    /// More happened than the copy knows.
    LOSS("take a newer copy, or go on without what is missing by --accept-loss");

    private final String hint;

    BackupFailure(String hint) {
        this.hint = hint;
    }

    /// What the person can do about it.
    public String hint() {
        return hint;
    }
}
