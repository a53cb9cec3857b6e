package org.chancery.ca.issuance;

/// A certificate that was decided but must not be signed, and the rule that says so. Nothing was recorded or
/// signed.
public final class UnfitCertificateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String rule;

    UnfitCertificateException(String rule, String message) {
        super(message);
        this.rule = rule;
    }

    /// The simple name of the rule's class, or the name of a [org.chancery.pki.path.PathFailure].
    public String rule() {
        return rule;
    }
}
