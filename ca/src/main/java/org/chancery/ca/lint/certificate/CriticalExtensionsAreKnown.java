package org.chancery.ca.lint.certificate;

import java.util.Optional;
import java.util.Set;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// What is critical is what every validator knows: a certificate with anything else would be refused.
final class CriticalExtensionsAreKnown implements Rule<ToBeSignedCertificate> {
    private static final Set<String> KNOWN = Set.of(
            Extensions.BASIC_CONSTRAINTS,
            Extensions.KEY_USAGE,
            Extensions.EXTENDED_KEY_USAGE,
            Extensions.SUBJECT_ALTERNATIVE_NAME,
            Extensions.NAME_CONSTRAINTS,
            "2.5.29.32",
            "2.5.29.33",
            "2.5.29.36",
            "2.5.29.54");

    @Override
    public String citation() {
        return "RFC 5280 4.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) {
        return certificate.extensions().stream()
                .filter(extension -> extension.critical() && !KNOWN.contains(extension.oid()))
                .findFirst()
                .map(extension -> "extension " + extension.oid() + " critical");
    }
}
