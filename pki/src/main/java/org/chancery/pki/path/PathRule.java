package org.chancery.pki.path;

/// One ground on which a candidate can be refused. [PathRules] has them all in the order in which they
/// are asked.
@FunctionalInterface
interface PathRule {
    /// Passes, or says what is wrong.
    ///
    /// @throws PathValidationException naming the certificate at fault
    void check(CandidatePath path, Inquiry inquiry) throws PathValidationException;
}
