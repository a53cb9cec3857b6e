package org.chancery.ca.lint.ocsp;

import java.util.Optional;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;

/// No extension twice, and none that a client would have to know.
final class ResponseExtensionsAreUnique implements Rule<ToBeSignedResponse> {
    @Override
    public String citation() {
        return "RFC 6960 4.4";
    }

    @Override
    public Optional<String> violation(ToBeSignedResponse response) {
        Optional<String> duplicate = ReadExtension.duplicate(response.extensions());
        if (duplicate.isPresent()) {
            return duplicate.map(oid -> "extension " + oid + " twice");
        }
        return response.extensions().stream()
                .filter(ReadExtension::critical)
                .findFirst()
                .map(extension -> "extension " + extension.oid() + " critical");
    }
}
