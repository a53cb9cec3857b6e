package org.chancery.ca.profile;

import java.util.Objects;

/// A profile that cannot be used; the message names the file and the key, and why.
public final class ProfileException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why not.
    public enum Failure {
        /// There is no profile of that name.
        UNKNOWN,
        /// The file is no properties file, has a key that no profile has, or lacks one that every profile has.
        MALFORMED,
        /// A value that no profile may have: the standards, or this house, forbid it.
        FORBIDDEN
    }

    private final Failure failure;

    ProfileException(Failure failure, String message) {
        super(message);
        this.failure = failure;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /// The reason, for a program to decide by.
    public Failure failure() {
        return failure;
    }
}
