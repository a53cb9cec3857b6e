package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// keyCertSign and cRLSign stand in a CA's certificate alone.
final class OnlyAuthoritiesCertify implements Rule<ToBeSignedCertificate> {
    private static final int CRL_SIGN = 6;

    @Override
    public String citation() {
        return "RFC 5280 4.2.1.9";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        return !certificate.isAuthority()
                        && (certificate.mayCertify() || certificate.keyUsage().get(CRL_SIGN))
                ? Optional.of("keyCertSign or cRLSign without CA:TRUE")
                : Optional.empty();
    }
}
