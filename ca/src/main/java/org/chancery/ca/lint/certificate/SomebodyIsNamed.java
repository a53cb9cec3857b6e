package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// A CA has a subject; anybody else has one, or a subjectAlternativeName.
final class SomebodyIsNamed implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.1.2.6";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        boolean named = certificate.hasSubject()
                || (!certificate.isAuthority()
                        && certificate
                                .extension(Extensions.SUBJECT_ALTERNATIVE_NAME)
                                .isPresent());
        return named ? Optional.empty() : Optional.of("neither subject nor subjectAlternativeName");
    }
}
