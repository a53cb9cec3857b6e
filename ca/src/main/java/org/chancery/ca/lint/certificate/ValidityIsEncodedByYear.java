package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Times;

/// notBefore and notAfter are UTCTime through 2049 and GeneralizedTime from 2050.
final class ValidityIsEncodedByYear implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.1.2.5";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Optional<String> notBefore = Times.misencoded("notBefore", certificate.notBefore());
        return notBefore.isPresent() ? notBefore : Times.misencoded("notAfter", certificate.notAfter());
    }
}
