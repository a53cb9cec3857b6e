package org.chancery.pki.path;

/// A ground that lies in an issuer and everything below it. It can be asked as soon as the issuer stands on
/// top of a path that is still being built, and nothing that is built above makes its answer better.
interface PrefixRule extends PathRule {
    /// Asks the topmost issuer of a path, finished or not, about what is below.
    ///
    /// @throws PathValidationException naming the certificate at fault
    void checkTop(CandidatePath path, Inquiry inquiry) throws PathValidationException;

    /// Asks every issuer, the anchor first.
    @Override
    default void check(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        for (int top = path.length(); top > 0; top--) {
            checkTop(path.upTo(top), inquiry);
        }
    }
}
