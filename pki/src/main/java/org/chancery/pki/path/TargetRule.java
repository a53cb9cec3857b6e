package org.chancery.pki.path;

/// A ground that lies in the target alone: no other path would make it another certificate, so that one
/// that fails here is not searched for at all. Told is it only where a path is good in everything else:
/// what is said first of a stranger's certificate is that nobody vouches for it.
interface TargetRule extends PathRule {
    /// Passes, or says what is wrong.
    ///
    /// @throws PathValidationException with index 0
    void check(PathCertificate target, ValidationRequest request) throws PathValidationException;

    @Override
    default void check(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        check(path.target(), inquiry.request());
    }
}
