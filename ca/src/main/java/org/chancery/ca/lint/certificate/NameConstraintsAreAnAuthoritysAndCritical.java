package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// nameConstraints stand in a CA's certificate alone, and critical: who does not understand them must not pass over
/// them.
final class NameConstraintsAreAnAuthoritysAndCritical implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.2.1.10";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Optional<ReadExtension> constraints = certificate.extension(Extensions.NAME_CONSTRAINTS);
        if (constraints.isEmpty()) {
            return Optional.empty();
        }
        if (!certificate.isAuthority() || !constraints.get().critical()) {
            return Optional.of(
                    certificate.isAuthority() ? "nameConstraints not critical" : "nameConstraints without CA:TRUE");
        }
        return Optional.empty();
    }
}
