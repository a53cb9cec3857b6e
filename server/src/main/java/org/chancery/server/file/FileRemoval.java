package org.chancery.server.file;

/// Why a file is no longer there.
public enum FileRemoval {
    /// Kept for as long as files are.
    EXPIRED,
    /// Nothing was added to it for a day.
    UNFINISHED,
    /// By who sent it.
    DELETED,
    /// The disk did not take it.
    FAILED
}
