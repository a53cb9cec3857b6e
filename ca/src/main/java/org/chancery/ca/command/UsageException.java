package org.chancery.ca.command;

/// Options that each make sense and together make none.
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String hint;

    UsageException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
