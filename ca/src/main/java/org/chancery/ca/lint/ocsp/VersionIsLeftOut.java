package org.chancery.ca.lint.ocsp;

import java.util.Optional;
import org.chancery.ca.lint.Rule;

/// The version is 1, the default, which DER leaves out.
final class VersionIsLeftOut implements Rule<ToBeSignedResponse> {
    @Override
    public String citation() {
        return "X.690 11.5";
    }

    @Override
    public Optional<String> violation(ToBeSignedResponse response) {
        return response.hasVersion() ? Optional.of("version spelled out") : Optional.empty();
    }
}
