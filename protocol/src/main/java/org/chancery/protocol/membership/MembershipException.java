package org.chancery.protocol.membership;

/// An entry that is none, or that does not change a room; nothing was changed.
public final class MembershipException extends Exception {

    private static final long serialVersionUID = 1L;

    private final MembershipFailure failure;

    MembershipException(MembershipFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    /// Which rule was broken.
    public MembershipFailure failure() {
        return failure;
    }
}
