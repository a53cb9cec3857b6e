package org.chancery.ca.lint.ocsp;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Times;

/// thisUpdate is not after producedAt, and producedAt is when it is signed.
final class AnswersAreNotFromTheFuture implements Rule<ToBeSignedResponse> {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    @Override
    public String citation() {
        return "RFC 6960 4.2.2.1";
    }

    @Override
    public Optional<String> violation(ToBeSignedResponse response) throws UnreadableException {
        Instant producedAt = Times.read(response.producedAt());
        for (ToBeSignedResponse.Single single : response.responses()) {
            Instant thisUpdate = Times.read(single.thisUpdate());
            if (thisUpdate.isAfter(producedAt)) {
                return Optional.of("thisUpdate " + thisUpdate + ", producedAt " + producedAt);
            }
        }
        return response.signing()
                .map(ToBeSignedResponse.Signing::now)
                .filter(now -> Duration.between(producedAt, now).abs().compareTo(TOLERANCE) > 0)
                .map(now -> "producedAt " + producedAt + ", signed at " + now);
    }
}
