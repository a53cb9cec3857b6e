package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;

/// No extension twice: two readers would each take another.
final class ExtensionsAreUnique implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) {
        return ReadExtension.duplicate(certificate.extensions()).map(oid -> "extension " + oid + " twice");
    }
}
