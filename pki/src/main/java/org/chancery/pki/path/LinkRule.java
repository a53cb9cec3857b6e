package org.chancery.pki.path;

/// A ground that lies in one certificate and its issuer alone. What it refuses once it refuses in every
/// path, so the search goes no such way twice.
interface LinkRule extends PathRule {
    /// Passes, or says what is wrong.
    ///
    /// @throws PathValidationException naming the certificate at fault
    void check(Link link, Inquiry inquiry) throws PathValidationException;

    /// From the anchor down: what a certificate says counts only once its issuer is found good.
    @Override
    default void check(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        for (int i = path.length() - 1; i >= 0; i--) {
            check(path.link(i), inquiry);
        }
    }
}
