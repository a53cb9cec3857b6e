package org.chancery.ca.profile;

/// Carries a refusal from where it is found to where a profile decides; never leaves the package.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;
    private final String detail;

    Refusal(RefusalReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    Grant.Refused refused() {
        return new Grant.Refused(reason, detail);
    }
}
