package org.chancery.ca.lint.crl;

import java.util.Optional;
import org.chancery.ca.lint.Rule;

/// nextUpdate is there: without it nobody knows when a CRL is stale.
final class NextUpdateIsPresent implements Rule<ToBeSignedCrl> {
    @Override
    public String citation() {
        return "RFC 5280 5.1.2.5";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) {
        return crl.nextUpdate().isPresent() ? Optional.empty() : Optional.of("no nextUpdate");
    }
}
