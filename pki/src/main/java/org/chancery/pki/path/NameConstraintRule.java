package org.chancery.pki.path;

import java.util.Optional;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.path.constraint.NameConstraints;

/// Every name of a certificate lies within the constraints of every issuer above it, the anchor included
/// (RFC 5280 section 6.1.3 (b) and (c), 6.1.4 (g); RFC 5937 for the anchor). Self-issued certificates are
/// exempt but for the target.
///
/// The names are the subject, the subjectAltNames, and the emailAddress attributes of the subject: also
/// where there is a subjectAltName, since somebody may read them. A common name is no name of a host, here
/// as everywhere.
final class NameConstraintRule implements PrefixRule {
    @Override
    public void checkTop(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        Optional<NameConstraints> constraints = path.anchor().extensions().nameConstraints();
        if (constraints.isEmpty()) {
            return;
        }
        for (int i = path.length() - 1; i >= 0; i--) {
            PathCertificate certificate = path.certificates().get(i);
            if (i == 0 || !certificate.isSelfIssued()) {
                check(certificate, i, constraints.get(), inquiry);
            }
        }
    }

    private static void check(PathCertificate certificate, int index, NameConstraints constraints, Inquiry inquiry)
            throws PathValidationException {
        for (GeneralName name : certificate.names()) {
            inquiry.budget().spendComparisons(constraints.size(), name);
            Optional<String> violation = constraints.violation(name);
            if (violation.isPresent()) {
                throw new PathValidationException(PathFailure.NAME_CONSTRAINT, index, violation.get());
            }
        }
    }
}
