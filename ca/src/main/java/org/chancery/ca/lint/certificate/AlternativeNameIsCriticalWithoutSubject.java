package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// subjectAlternativeName is critical exactly where the subject is empty.
final class AlternativeNameIsCriticalWithoutSubject implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.2.1.6";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) {
        return certificate
                .extension(Extensions.SUBJECT_ALTERNATIVE_NAME)
                .filter(names -> names.critical() == certificate.hasSubject())
                .map(names -> "subjectAlternativeName critical " + names.critical() + ", subject empty "
                        + !certificate.hasSubject());
    }
}
