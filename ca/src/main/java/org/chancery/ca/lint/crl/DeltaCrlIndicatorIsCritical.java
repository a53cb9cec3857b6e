package org.chancery.ca.lint.crl;

import java.util.Optional;
import org.chancery.ca.lint.Rule;

/// deltaCRLIndicator is critical: a delta taken for a complete list un-revokes everything else.
final class DeltaCrlIndicatorIsCritical implements Rule<ToBeSignedCrl> {
    private static final String DELTA_CRL_INDICATOR = "2.5.29.27";

    @Override
    public String citation() {
        return "RFC 5280 5.2.4";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) {
        return crl.extension(DELTA_CRL_INDICATOR)
                .filter(extension -> !extension.critical())
                .map(_ -> "deltaCRLIndicator not critical");
    }
}
