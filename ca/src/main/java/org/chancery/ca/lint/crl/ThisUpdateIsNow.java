package org.chancery.ca.lint.crl;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Times;

/// thisUpdate is when it is signed, give or take a slow card: not tomorrow, and not last week.
final class ThisUpdateIsNow implements Rule<ToBeSignedCrl> {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    @Override
    public String citation() {
        return "RFC 5280 5.1.2.4";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) throws UnreadableException {
        if (crl.signing().isEmpty()) {
            return Optional.empty();
        }
        Instant now = crl.signing().get().now();
        Instant thisUpdate = Times.read(crl.thisUpdate());
        return Duration.between(thisUpdate, now).abs().compareTo(TOLERANCE) <= 0
                ? Optional.empty()
                : Optional.of("thisUpdate " + thisUpdate + ", signed at " + now);
    }
}
