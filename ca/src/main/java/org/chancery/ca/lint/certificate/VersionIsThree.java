package org.chancery.ca.lint.certificate;

import java.math.BigInteger;
import java.util.Optional;
import org.chancery.ca.lint.Rule;

/// A certificate with extensions is of version 3, which is written as 2.
final class VersionIsThree implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.1.2.1";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) {
        return certificate.version().equals(BigInteger.TWO)
                ? Optional.empty()
                : Optional.of("version " + certificate.version().add(BigInteger.ONE) + ", 3 required");
    }
}
