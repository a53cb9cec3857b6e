package org.chancery.ca.lint.ocsp;

import java.util.Optional;
import org.chancery.ca.lint.Rule;

/// There is at least one answer.
final class SomethingIsAnswered implements Rule<ToBeSignedResponse> {
    @Override
    public String citation() {
        return "RFC 6960 4.2.1";
    }

    @Override
    public Optional<String> violation(ToBeSignedResponse response) {
        return response.responses().isEmpty() ? Optional.of("no SingleResponse") : Optional.empty();
    }
}
