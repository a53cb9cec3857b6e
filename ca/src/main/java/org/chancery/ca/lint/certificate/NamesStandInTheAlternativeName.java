package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// Who is no CA is named in the subjectAlternativeName, but for OCSP signers, who are nobody.
final class NamesStandInTheAlternativeName implements Rule<ToBeSignedCertificate> {
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

    @Override
    public String citation() {
        return "BR 7.1.2.7.12";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        boolean nameless = certificate.isAuthority() || certificate.purposes().contains(OCSP_SIGNING);
        return !nameless && certificate.alternativeNames().isEmpty()
                ? Optional.of("no name in the subjectAlternativeName")
                : Optional.empty();
    }
}
