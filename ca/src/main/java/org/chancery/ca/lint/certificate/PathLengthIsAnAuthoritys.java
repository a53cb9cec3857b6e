package org.chancery.ca.lint.certificate;

import java.math.BigInteger;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// pathLenConstraint stands with CA:TRUE alone, and is not negative.
final class PathLengthIsAnAuthoritys implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.2.1.9";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Optional<BigInteger> pathLength = certificate.pathLength();
        if (pathLength.isEmpty()) {
            return Optional.empty();
        }
        if (!certificate.isAuthority()) {
            return Optional.of("pathLenConstraint without CA:TRUE");
        }
        return pathLength.get().signum() < 0 ? Optional.of("pathLenConstraint " + pathLength.get()) : Optional.empty();
    }
}
