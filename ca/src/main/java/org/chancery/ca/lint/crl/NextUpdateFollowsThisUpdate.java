package org.chancery.ca.lint.crl;

import java.time.Instant;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Times;

/// nextUpdate is later than thisUpdate.
final class NextUpdateFollowsThisUpdate implements Rule<ToBeSignedCrl> {
    @Override
    public String citation() {
        return "RFC 5280 5.1.2.5";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) throws UnreadableException {
        if (crl.nextUpdate().isEmpty()) {
            return Optional.empty();
        }
        Instant thisUpdate = Times.read(crl.thisUpdate());
        Instant nextUpdate = Times.read(crl.nextUpdate().get());
        return nextUpdate.isAfter(thisUpdate)
                ? Optional.empty()
                : Optional.of("nextUpdate " + nextUpdate + ", thisUpdate " + thisUpdate);
    }
}
