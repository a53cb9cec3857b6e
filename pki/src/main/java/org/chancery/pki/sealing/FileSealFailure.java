package org.chancery.pki.sealing;

/// Why a file of a conversation was not sealed, or did not open.
public enum FileSealFailure {
    /// It is not the file that was measured: going on would seal two contents under one key.
    FILE_CHANGED,
    /// Longer than files may be.
    TOO_LARGE,
    /// A chunk that is altered, of another file, under another key, or not of this place.
    CHUNK_FORGED,
    /// It ends too early.
    TRUNCATED,
    /// It goes on behind its end.
    EXTENDED,
    /// Every chunk opens, and together they are not what the message says.
    DIGEST_MISMATCH
}
