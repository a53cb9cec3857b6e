package org.chancery.ca.command;

/// The answer is that there is none.
final class NotFoundException extends Exception {
    private static final long serialVersionUID = 1L;

    NotFoundException(String message) {
        super(message);
    }
}
