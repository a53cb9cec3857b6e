package org.chancery.ca.issuance;

/// An authority that cannot be founded, opened or used; [#failure] says why.
public final class AuthorityException extends Exception {
    private static final long serialVersionUID = 1L;

    private final AuthorityFailure failure;

    AuthorityException(AuthorityFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    AuthorityException(AuthorityFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /// The reason, for a program to decide by.
    public AuthorityFailure failure() {
        return failure;
    }
}
