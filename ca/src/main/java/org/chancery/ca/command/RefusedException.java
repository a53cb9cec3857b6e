package org.chancery.ca.command;

import org.chancery.ca.profile.Grant;

/// A decision against a request, on its way to the person who made it.
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String hint;

    RefusedException(Grant.Refused refused) {
        super(refused.reason().inWords() + ": " + refused.detail());
        this.hint = refused.reason().hint();
    }

    String hint() {
        return hint;
    }
}
