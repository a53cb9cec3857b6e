package org.chancery.pki.path;

/// One ground on which a candidate can be refused.
@FunctionalInterface
interface PathRule {
    /// Passes, or says what is wrong.
    ///
    /// @throws PathValidationException naming the first certificate at fault
    void check(CandidatePath path, Inquiry inquiry) throws PathValidationException;
}
