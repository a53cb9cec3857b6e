package org.chancery.console;

/// A configuration file that cannot be used; the message names the file and the key.
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why not.
    public enum Failure {
        /// A key that is no option of the program: most likely a slip, which must not be passed over in silence.
        UNKNOWN_KEY,
        /// A key given twice.
        DUPLICATE_KEY,
        /// Not a properties file, or larger than one could be.
        MALFORMED
    }

    private final Failure failure;

    ConfigException(Failure failure, String message) {
        super(message);
        this.failure = failure;
    }

    /// The reason, for a program to decide by.
    public Failure failure() {
        return failure;
    }
}
