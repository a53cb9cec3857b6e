package org.chancery.pki.envelope;

/// Octets that are not a letter, seal or stapled envelope in the one form this project writes. The message names
/// what was found and what was required, never content.
public final class MalformedEnvelopeException extends Exception {
    public MalformedEnvelopeException(String message) {
        super(message);
    }

    MalformedEnvelopeException(String message, Throwable cause) {
        super(message, cause);
    }
}
