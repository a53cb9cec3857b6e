package org.chancery.ca.command;

/// A file that was named and is not what it should be, or is none at all.
final class InputException extends Exception {
    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message);
    }

    InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
