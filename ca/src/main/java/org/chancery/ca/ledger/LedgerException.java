package org.chancery.ca.ledger;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The ledger could not be read or written. Whatever was under way has been rolled back.
public final class LedgerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final LedgerFailure failure;

    LedgerException(LedgerFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public LedgerFailure failure() {
        return failure;
    }
}
