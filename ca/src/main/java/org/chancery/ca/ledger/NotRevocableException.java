package org.chancery.ca.ledger;

/// A revocation that changes nothing and therefore did not happen.
public final class NotRevocableException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why not.
    public enum Reason {
        /// The ledger has no certificate with that serial.
        UNKNOWN_SERIAL,
        /// It has been revoked before; the message says when and why.
        ALREADY_REVOKED,
        /// It is one of the authority's own certificates, without which no CRL could be verified.
        AUTHORITY_ITSELF
    }

    private final Reason reason;

    NotRevocableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
