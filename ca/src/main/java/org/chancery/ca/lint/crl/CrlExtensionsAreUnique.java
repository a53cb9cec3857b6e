package org.chancery.ca.lint.crl;

import java.util.List;
import java.util.Optional;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;

/// No extension twice, of the list or of an entry; none with its default spelled out.
final class CrlExtensionsAreUnique implements Rule<ToBeSignedCrl> {
    @Override
    public String citation() {
        return "RFC 5280 4.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) {
        for (ToBeSignedCrl.Entry entry : crl.entries()) {
            Optional<String> duplicate = fault(entry.extensions());
            if (duplicate.isPresent()) {
                return duplicate;
            }
        }
        return fault(crl.extensions());
    }

    private static Optional<String> fault(List<ReadExtension> extensions) {
        return ReadExtension.duplicate(extensions)
                .map(oid -> "extension " + oid + " twice")
                .or(() -> extensions.stream()
                        .filter(ReadExtension::spelledDefault)
                        .findFirst()
                        .map(extension -> "extension " + extension.oid() + " with critical FALSE spelled out"));
    }
}
