package org.chancery.server.revocation;

import java.io.IOException;

/// A URL gave no CRL when the relay started, and none of it is kept from before.
public final class CrlUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;

    CrlUnavailableException(String message, Exception cause) {
        super(message, cause);
    }
}
