package org.chancery.pki.path;

import java.util.Optional;

/// No issuer has more certificate authorities below it than its pathLenConstraint allows (RFC 5280 section
/// 6.1.4 (l) and (m)). Self-issued ones are not counted, and the target never is, authority or not (section
/// 4.2.1.9).
final class PathLengthRule implements PrefixRule {
    @Override
    public void checkTop(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        Optional<BasicConstraints> constraints = path.anchor().extensions().basicConstraints();
        if (constraints.isEmpty()) {
            return;
        }
        int authorities = 0;
        for (int i = path.length() - 1; i > 0; i--) {
            if (!path.certificates().get(i).isSelfIssued()) {
                authorities++;
                if (!constraints.get().permits(authorities)) {
                    throw new PathValidationException(
                            PathFailure.PATH_TOO_LONG,
                            i,
                            "one certificate authority more than pathLenConstraint %s allows"
                                    .formatted(constraints.get().pathLength()));
                }
            }
        }
    }
}
