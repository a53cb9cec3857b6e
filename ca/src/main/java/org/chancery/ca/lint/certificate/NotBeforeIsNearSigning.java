package org.chancery.ca.lint.certificate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Times;

/// notBefore is within 48 hours of the signing: neither back-dated nor put off.
final class NotBeforeIsNearSigning implements Rule<ToBeSignedCertificate> {
    private static final Duration TOLERANCE = Duration.ofDays(2);

    @Override
    public String citation() {
        return "BR 7.1.2.7";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        if (certificate.signing().isEmpty()) {
            return Optional.empty();
        }
        Instant now = certificate.signing().get().now();
        Instant notBefore = Times.read(certificate.notBefore());
        return Duration.between(notBefore, now).abs().compareTo(TOLERANCE) <= 0
                ? Optional.empty()
                : Optional.of("notBefore " + notBefore + ", signed at " + now);
    }
}
