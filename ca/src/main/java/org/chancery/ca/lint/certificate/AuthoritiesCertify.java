package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// A CA has keyCertSign, or what it signs is refused.
final class AuthoritiesCertify implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.2.1.9";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        return certificate.isAuthority() && !certificate.mayCertify()
                ? Optional.of("CA:TRUE without keyCertSign")
                : Optional.empty();
    }
}
