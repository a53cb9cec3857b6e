package org.chancery.console;

/// No passphrase could be had from a person.
public final class PassphraseException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why not.
    public enum Failure {
        /// Nothing was said about the passphrase, and there is no terminal to ask at.
        NO_TERMINAL,
        /// The two entries differ.
        MISMATCH,
        /// Nothing was typed.
        EMPTY,
        /// `--no-passphrase` and a passphrase file at once.
        CONTRADICTION
    }

    private final Failure failure;

    PassphraseException(Failure failure, String message) {
        super(message);
        this.failure = failure;
    }

    /// The reason, for a program to decide by.
    public Failure failure() {
        return failure;
    }

    /// What the person can do about it.
    public String hint() {
        return switch (failure) {
            case NO_TERMINAL ->
                "give --passphrase-file FILE (- reads a line of standard input) or CHANCERY_PASSPHRASE_FILE, or --no-passphrase";
            case MISMATCH -> "type the same passphrase twice";
            case EMPTY -> "type a passphrase, or give --no-passphrase";
            case CONTRADICTION -> "give one of --passphrase-file and --no-passphrase";
        };
    }
}
