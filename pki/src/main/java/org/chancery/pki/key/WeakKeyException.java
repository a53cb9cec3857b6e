package org.chancery.pki.key;

import java.util.Objects;

/// A public key that is not good enough; [#failure] says why.
public final class WeakKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final KeyFailure failure;

    WeakKeyException(KeyFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    WeakKeyException(KeyFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /// What was found and what is required, for people.
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /// The reason, stable for programs.
    public KeyFailure failure() {
        return failure;
    }
}
