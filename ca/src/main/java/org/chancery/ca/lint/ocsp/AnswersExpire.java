package org.chancery.ca.lint.ocsp;

import java.time.Instant;
import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Times;

/// nextUpdate is there, after thisUpdate: an answer without it can be shown for ever.
final class AnswersExpire implements Rule<ToBeSignedResponse> {
    @Override
    public String citation() {
        return "RFC 9919 2.2.4";
    }

    @Override
    public Optional<String> violation(ToBeSignedResponse response) throws UnreadableException {
        for (ToBeSignedResponse.Single single : response.responses()) {
            if (single.nextUpdate().isEmpty()) {
                return Optional.of("no nextUpdate");
            }
            Instant thisUpdate = Times.read(single.thisUpdate());
            Instant nextUpdate = Times.read(single.nextUpdate().get().as(Tlv.GENERALIZED_TIME));
            if (!nextUpdate.isAfter(thisUpdate)) {
                return Optional.of("nextUpdate " + nextUpdate + ", thisUpdate " + thisUpdate);
            }
        }
        return Optional.empty();
    }
}
