package org.chancery.pki.path;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps, of the failures of several candidates, the one that helps most: of the candidate that came
/// furthest. That a certificate has expired is worth knowing; that another anchor of the same name did not
/// sign it is not.
final class MostInformative {
    /// From the least to the most. What is found later in judging stands later: everything before it was
    /// right.
    private static final List<PathFailure> ORDER = List.of(
            PathFailure.NO_PATH,
            PathFailure.SELF_SIGNED_NOT_TRUSTED,
            PathFailure.SIGNATURE_INVALID,
            PathFailure.NOT_A_CA,
            PathFailure.MALFORMED,
            PathFailure.UNKNOWN_CRITICAL_EXTENSION,
            PathFailure.WEAK_SIGNATURE,
            PathFailure.WEAK_KEY,
            PathFailure.PATH_TOO_LONG,
            PathFailure.NAME_CONSTRAINT,
            PathFailure.NOT_YET_VALID,
            PathFailure.EXPIRED,
            PathFailure.POLICY,
            PathFailure.KEY_USAGE,
            PathFailure.PURPOSE_NOT_ALLOWED,
            PathFailure.NAME_MISMATCH,
            PathFailure.CRL_MISSING,
            PathFailure.OCSP_MISSING,
            PathFailure.CRL_INVALID,
            PathFailure.OCSP_INVALID,
            PathFailure.OCSP_UNKNOWN,
            PathFailure.CRL_STALE,
            PathFailure.OCSP_STALE,
            PathFailure.REVOKED,
            PathFailure.TOO_COMPLEX);

    private @Nullable PathValidationException most;

    void add(PathValidationException failure) {
        if (most == null || rank(failure) > rank(most)) {
            most = failure;
        }
    }

    PathValidationException most() {
        if (most == null) {
            throw new IllegalStateException("no candidate failed");
        }
        return most;
    }

    private static int rank(PathValidationException failure) {
        return ORDER.indexOf(failure.failure());
    }
}
