package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.lint.Rule;

/// issuerUniqueID and subjectUniqueID are not used.
final class UniqueIdentifiersAreAbsent implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.1.2.8";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) {
        return certificate.hasUniqueIdentifiers()
                ? Optional.of("an issuerUniqueID or subjectUniqueID")
                : Optional.empty();
    }
}
