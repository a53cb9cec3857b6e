package org.chancery.client.store;

import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A store that could not be opened, read or written, and why.
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final StoreFailure failure;
    private final long owner; // 0: not known

    StoreException(StoreFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
        this.owner = 0;
    }

    private StoreException(String message, long owner) {
        super(message);
        this.failure = StoreFailure.IN_USE;
        this.owner = owner;
    }

    static StoreException inUse(StoreLocation location, long owner) {
        String who = owner > 0 ? "process " + owner : "another process";
        return new StoreException(location.keystore().getFileName() + " is in use by " + who, owner);
    }

    /// What is stored is not what was written, or not by this program.
    public static StoreException damaged(String what, @Nullable Throwable cause) {
        return new StoreException(StoreFailure.DAMAGED, what, cause);
    }

    /// What a disk did not do.
    public static StoreException disk(String what, Throwable cause) {
        return new StoreException(StoreFailure.DISK, what + ": " + cause.getMessage(), cause);
    }

    public StoreFailure failure() {
        return failure;
    }

    /// The process that owns the store, where [StoreFailure#IN_USE] and it has said so.
    public OptionalLong owner() {
        return owner > 0 ? OptionalLong.of(owner) : OptionalLong.empty();
    }
}
