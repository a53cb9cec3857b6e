package org.chancery.ca.lint.crl;

import java.util.Optional;
import org.chancery.ca.lint.Rule;

/// issuingDistributionPoint is critical: it says what the list does not speak of.
final class IssuingDistributionPointIsCritical implements Rule<ToBeSignedCrl> {
    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";

    @Override
    public String citation() {
        return "RFC 5280 5.2.5";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) {
        return crl.extension(ISSUING_DISTRIBUTION_POINT)
                .filter(extension -> !extension.critical())
                .map(_ -> "issuingDistributionPoint not critical");
    }
}
