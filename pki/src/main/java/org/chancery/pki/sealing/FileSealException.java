package org.chancery.pki.sealing;

/// A file that was not sealed, or did not open. What came out of it before is not to be used.
public final class FileSealException extends Exception {
    private static final long serialVersionUID = 1L;

    private final FileSealFailure failure;

    FileSealException(FileSealFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    FileSealException(FileSealFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public FileSealFailure failure() {
        return failure;
    }
}
