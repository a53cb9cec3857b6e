package org.chancery.pki.path;

import org.jspecify.annotations.Nullable;

/// Keeps, of the failures of several candidates, the one that helps most: of the candidate that came
/// furthest ([PathFailure]). That a certificate has expired is worth knowing; that another anchor of the same name did
/// not sign it is not.
final class MostInformative {
    private @Nullable PathValidationException most;

    void add(PathValidationException failure) {
        if (most == null || failure.failure().compareTo(most.failure()) > 0) {
            most = failure;
        }
    }

    PathValidationException most() {
        if (most == null) {
            throw new IllegalStateException("no candidate failed");
        }
        return most;
    }
}
