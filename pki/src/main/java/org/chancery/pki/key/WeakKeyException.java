package org.chancery.pki.key;

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

    /// The reason, stable for programs.
    public KeyFailure failure() {
        return failure;
    }
}
