package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// basicConstraints are there and critical, also to say that a certificate is none of a CA.
final class BasicConstraintsArePresentAndCritical implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.2.1.9";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) {
        Optional<ReadExtension> constraints = certificate.extension(Extensions.BASIC_CONSTRAINTS);
        if (constraints.isEmpty()) {
            return Optional.of("no basicConstraints");
        }
        return constraints.get().critical() ? Optional.empty() : Optional.of("basicConstraints not critical");
    }
}
