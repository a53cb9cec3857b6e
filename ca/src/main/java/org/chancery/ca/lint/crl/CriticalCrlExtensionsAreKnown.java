package org.chancery.ca.lint.crl;

import java.util.Optional;
import java.util.Set;
import org.chancery.ca.lint.Rule;

/// Only issuingDistributionPoint and deltaCRLIndicator are critical: who does not know another must refuse the list.
final class CriticalCrlExtensionsAreKnown implements Rule<ToBeSignedCrl> {
    private static final Set<String> KNOWN = Set.of("2.5.29.27", "2.5.29.28");

    @Override
    public String citation() {
        return "RFC 5280 5.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) {
        return crl.extensions().stream()
                .filter(extension -> extension.critical() && !KNOWN.contains(extension.oid()))
                .findFirst()
                .map(extension -> "extension " + extension.oid() + " critical");
    }
}
