package org.chancery.pki.keystore;

/// A keystore that cannot be used, and why. Messages name algorithms and counts, never a secret.
public final class KeyStoreFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final KeyStoreFailure failure;

    KeyStoreFileException(KeyStoreFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    KeyStoreFileException(KeyStoreFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /// The reason, for a program to decide by.
    public KeyStoreFailure failure() {
        return failure;
    }
}
