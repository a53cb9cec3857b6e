package org.chancery.pki.der;

/// Bytes that are not the DER they were said to be.
public final class MalformedDerException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedDerException(String message) {
        super(message);
    }

    MalformedDerException(String message, Throwable cause) {
        super(message, cause);
    }
}
