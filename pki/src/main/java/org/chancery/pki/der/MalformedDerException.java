package org.chancery.pki.der;

/// Bytes that are not the DER they were said to be.
public final class MalformedDerException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedDerException(String message) {
        super(message);
    }

    public MalformedDerException(String message, Throwable cause) {
        super(message, cause);
    }
}
