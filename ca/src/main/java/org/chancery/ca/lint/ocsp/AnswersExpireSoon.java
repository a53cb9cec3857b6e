package org.chancery.ca.lint.ocsp;

import java.time.Duration;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Times;

/// nextUpdate is within ten days of thisUpdate: what is good for longer is a revocation that arrives later.
final class AnswersExpireSoon implements Rule<ToBeSignedResponse> {
    private static final Duration MOST = Duration.ofDays(10);

    @Override
    public String citation() {
        return "BR 4.9.10";
    }

    @Override
    public Optional<String> violation(ToBeSignedResponse response) throws UnreadableException {
        for (ToBeSignedResponse.Single single : response.responses()) {
            if (single.nextUpdate().isPresent()) {
                Duration lifetime = Duration.between(
                        Times.read(single.thisUpdate()),
                        Times.read(single.nextUpdate().get()));
                if (lifetime.compareTo(MOST) > 0) {
                    return Optional.of("good for " + lifetime.toHours() + " hours, at most " + MOST.toHours());
                }
            }
        }
        return Optional.empty();
    }
}
