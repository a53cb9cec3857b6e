package org.chancery.ca.lint.certificate;

import java.time.Instant;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Times;

/// A certificate ends after it begins.
final class ValidityRunsForward implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.1.2.5";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Instant notBefore = Times.read(certificate.notBefore());
        Instant notAfter = Times.read(certificate.notAfter());
        return notAfter.isAfter(notBefore)
                ? Optional.empty()
                : Optional.of("notBefore " + notBefore + ", notAfter " + notAfter);
    }
}
