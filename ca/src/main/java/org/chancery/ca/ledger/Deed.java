package org.chancery.ca.ledger;

/// What is done to an authority as a whole and changes no table of the ledger: only the record of acts tells
/// that it happened.
public enum Deed {
    /// The root's key was taken away.
    ROOT_EXPORTED("root-exported"),
    /// Another root takes over.
    ROOT_REPLACED("root-replaced"),
    /// Another issuing CA takes over.
    ISSUING_REPLACED("issuing-replaced"),
    /// The issuing CA goes on under a new certificate.
    ISSUING_RENEWED("issuing-renewed"),
    /// A copy was made.
    BACKED_UP("backed-up"),
    /// This ledger is such a copy, put back.
    RESTORED("restored"),
    /// A person took the record as it was, though `audit.head` said otherwise.
    HEAD_RENEWED("head-renewed");

    private final String code;

    Deed(String code) {
        this.code = code;
    }

    /// As it stands in the file; never changes.
    public String code() {
        return code;
    }
}
