package org.chancery.ca.lint.ocsp;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.chancery.ca.lint.Rule;

/// No certificate is answered for twice: two answers could contradict each other.
final class AnswersAreUnique implements Rule<ToBeSignedResponse> {
    @Override
    public String citation() {
        return "RFC 6960 4.2.1";
    }

    @Override
    public Optional<String> violation(ToBeSignedResponse response) {
        Set<String> seen = new HashSet<>();
        return response.responses().stream()
                        .allMatch(single -> seen.add(
                                HexFormat.of().formatHex(single.certId().encoded())))
                ? Optional.empty()
                : Optional.of("a CertID twice");
    }
}
