package org.chancery.ca.ledger;

/// The kinds of acts the ledger keeps, append-only. The code is what stands in the file and never changes.
enum Act {
    FOUNDED("founded"),
    INTENDED("intended"),
    ISSUED("issued"),
    REFUSED("refused"),
    REVOKED("revoked"),
    CRL_DRAWN("crl-drawn"),
    CRL_PUBLISHED("crl-published"),
    /// Something done to the authority itself: its root key taken away, a CA ended or begun, a copy restored.
    CEREMONY("ceremony");

    private final String code;

    Act(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
