package org.chancery.pki.path;

import java.time.Instant;
import org.chancery.pki.certificate.Validity;

/// The time in question lies in the validity of every certificate (RFC 5280 section 6.1.3 (a)(2)), the
/// anchor's included: section 6 leaves that open, and who makes a root that ends means it.
final class ValidityRule implements LinkRule {
    @Override
    public void check(Link link, Inquiry inquiry) throws PathValidationException {
        Instant at = inquiry.request().at();
        if (link.issuerIsAnchor()) {
            check(link.issuer().fields().validity(), at, link.index() + 1);
        }
        check(link.certificate().fields().validity(), at, link.index());
    }

    private static void check(Validity validity, Instant at, int index) throws PathValidationException {
        if (validity.contains(at)) {
            return;
        }
        throw at.isBefore(validity.notBefore())
                ? new PathValidationException(
                        PathFailure.NOT_YET_VALID,
                        index,
                        "begins at %s, asked for %s".formatted(validity.notBefore(), at))
                : new PathValidationException(
                        PathFailure.EXPIRED, index, "ended at %s, asked for %s".formatted(validity.notAfter(), at));
    }
}
