package org.chancery.ca.key;

import org.jspecify.annotations.Nullable;

/// A CA's key cannot be had or used; [#failure] says why.
public final class CaKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CaKeyFailure failure;

    CaKeyException(CaKeyFailure failure, String message) {
        this(failure, message, null);
    }

    CaKeyException(CaKeyFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /// The reason, for a program to decide by.
    public CaKeyFailure failure() {
        return failure;
    }

    /// What the library said, at the bottom of what the JDK made of it.
    public static String reason(Throwable e) {
        Throwable deepest = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            deepest = cause;
        }
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }
}
