package org.chancery.pki.path;

import java.util.List;
import java.util.Optional;

/// What is asked for is allowed by every issuer that restricts what its certificates are for, the anchor
/// included. RFC 5280 section 4.2.1.12 speaks of end entities only; everybody who writes the extension into
/// a CA means this by it. An issuer without it restricts nothing, and `anyExtendedKeyUsage` says the same
/// in words.
final class PurposeRule implements LinkRule {
    @Override
    public void check(Link link, Inquiry inquiry) throws PathValidationException {
        Purpose purpose = inquiry.request().purpose();
        Optional<List<String>> usages = link.issuer().extensions().extendedKeyUsage();
        if (purpose == Purpose.ANY || usages.isEmpty()) {
            return;
        }
        if (!usages.get().contains(purpose.oid()) && !usages.get().contains(Purpose.ANY.oid())) {
            throw link.refuseIssuer(
                    PathFailure.PURPOSE_NOT_ALLOWED,
                    "%s required, found %s".formatted(purpose, Purpose.inWords(usages.get())));
        }
    }
}
