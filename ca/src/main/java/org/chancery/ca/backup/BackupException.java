package org.chancery.ca.backup;

import org.jspecify.annotations.Nullable;

/// A copy that cannot be made or used; [#failure] says why.
public final class BackupException extends Exception {
    private static final long serialVersionUID = 1L;

    private final BackupFailure failure;

    BackupException(BackupFailure failure, String message) {
        this(failure, message, null);
    }

    BackupException(BackupFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /// The reason, for a program to decide by.
    public BackupFailure failure() {
        return failure;
    }
}
