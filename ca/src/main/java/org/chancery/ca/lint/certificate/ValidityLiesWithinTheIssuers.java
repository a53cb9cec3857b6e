package org.chancery.ca.lint.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Times;

/// No certificate outlives or precedes the one that vouches for it: the remainder would be valid for nobody.
final class ValidityLiesWithinTheIssuers implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 6.1.3 (a)(2)";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        if (certificate.signing().isEmpty() || certificate.isSelfIssued()) {
            return Optional.empty();
        }
        X509Certificate issuer = certificate.signing().get().issuer();
        Instant notBefore = Times.read(certificate.notBefore());
        Instant notAfter = Times.read(certificate.notAfter());
        boolean inside = !notBefore.isBefore(issuer.getNotBefore().toInstant())
                && !notAfter.isAfter(issuer.getNotAfter().toInstant());
        return inside
                ? Optional.empty()
                : Optional.of("valid from " + notBefore + " to " + notAfter + ", the issuer from "
                        + issuer.getNotBefore().toInstant() + " to "
                        + issuer.getNotAfter().toInstant());
    }
}
