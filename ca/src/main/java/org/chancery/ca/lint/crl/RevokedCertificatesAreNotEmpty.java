package org.chancery.ca.lint.crl;

import java.util.Optional;
import org.chancery.ca.lint.Rule;

/// revokedCertificates is absent when nothing is revoked, and never an empty sequence.
final class RevokedCertificatesAreNotEmpty implements Rule<ToBeSignedCrl> {
    @Override
    public String citation() {
        return "RFC 5280 5.1.2.6";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) {
        return crl.hasEntries() && crl.entries().isEmpty()
                ? Optional.of("revokedCertificates is there and empty")
                : Optional.empty();
    }
}
