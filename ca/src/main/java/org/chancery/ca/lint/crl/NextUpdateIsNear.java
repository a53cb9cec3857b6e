package org.chancery.ca.lint.crl;

import java.time.Duration;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Severity;
import org.chancery.ca.lint.Times;

/// nextUpdate is within twelve months. A root that is kept offline issues one a year, with some weeks to spare;
/// what is good for longer is a revocation that takes longer to arrive.
final class NextUpdateIsNear implements Rule<ToBeSignedCrl> {
    private static final Duration MOST = Duration.ofDays(400);

    @Override
    public String citation() {
        return "BR 4.9.7";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) throws UnreadableException {
        if (crl.nextUpdate().isEmpty()) {
            return Optional.empty();
        }
        Duration lifetime = Duration.between(
                Times.read(crl.thisUpdate()), Times.read(crl.nextUpdate().get()));
        return lifetime.compareTo(MOST) <= 0
                ? Optional.empty()
                : Optional.of("good for " + lifetime.toDays() + " days, at most " + MOST.toDays());
    }
}
