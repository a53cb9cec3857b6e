package org.chancery.pki.record;

/// Octets that are no record, or one that proves nothing. The message says nothing of its content.
public final class RecordException extends Exception {
    private final RecordFailure failure;

    RecordException(RecordFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    RecordException(RecordFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public RecordFailure failure() {
        return failure;
    }
}
