package org.chancery.ca.lint.crl;

import java.util.Optional;
import org.chancery.ca.lint.Rule;

/// reasonCode and invalidityDate are not critical; certificateIssuer, of indirect CRLs, must be.
final class EntryExtensionsAreNotCritical implements Rule<ToBeSignedCrl> {
    private static final String CERTIFICATE_ISSUER = "2.5.29.29";

    @Override
    public String citation() {
        return "RFC 5280 5.3";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) {
        return crl.entries().stream()
                .flatMap(entry -> entry.extensions().stream())
                .filter(extension -> extension.critical() != extension.oid().equals(CERTIFICATE_ISSUER))
                .findFirst()
                .map(extension -> "entry extension " + extension.oid() + " critical " + extension.critical());
    }
}
