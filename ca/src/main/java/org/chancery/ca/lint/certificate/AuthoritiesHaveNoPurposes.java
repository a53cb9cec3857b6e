package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Severity;

/// A CA has no extendedKeyUsage: some read it as a constraint on what it issues, others do not look.
final class AuthoritiesHaveNoPurposes implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.2.1.12";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        return certificate.isAuthority() && !certificate.purposes().isEmpty()
                ? Optional.of("extendedKeyUsage of a CA")
                : Optional.empty();
    }
}
