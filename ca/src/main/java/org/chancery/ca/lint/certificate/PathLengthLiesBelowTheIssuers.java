package org.chancery.ca.lint.certificate;

import java.math.BigInteger;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// A CA fits below its issuer: its pathLenConstraint is less than the issuer's, which is more than 0.
final class PathLengthLiesBelowTheIssuers implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 6.1.4 (l)";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        if (certificate.signing().isEmpty() || certificate.isSelfIssued() || !certificate.isAuthority()) {
            return Optional.empty();
        }
        int below = certificate.signing().get().issuer().getBasicConstraints();
        if (below < 0) {
            return Optional.of("the issuer is no CA");
        }
        boolean fits = below == Integer.MAX_VALUE
                || (below > 0
                        && certificate
                                .pathLength()
                                .filter(length -> length.compareTo(BigInteger.valueOf(below)) < 0)
                                .isPresent());
        return fits
                ? Optional.empty()
                : Optional.of("pathLenConstraint "
                        + certificate.pathLength().map(BigInteger::toString).orElse("none") + ", the issuer's is "
                        + below);
    }
}
