package org.chancery.pki.name;

import java.util.Objects;

/// A name from outside that cannot be taken; [#failure] says why.
public final class MalformedNameException extends Exception {
    private static final long serialVersionUID = 1L;

    private final NameFailure failure;

    MalformedNameException(NameFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    MalformedNameException(NameFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /// For a kind of name that is read elsewhere.
    public static MalformedNameException malformed(String message) {
        return new MalformedNameException(NameFailure.MALFORMED, message);
    }

    /// What was found and what is required, for people.
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /// The reason, stable for programs.
    public NameFailure failure() {
        return failure;
    }
}
