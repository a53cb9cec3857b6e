package org.chancery.ca.lint.crl;

import java.math.BigInteger;
import java.util.Optional;
import org.chancery.ca.lint.Rule;

/// A CRL with extensions is of version 2, which is written as 1.
final class CrlVersionIsTwo implements Rule<ToBeSignedCrl> {
    @Override
    public String citation() {
        return "RFC 5280 5.1.2.1";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) {
        return crl.version().filter(BigInteger.ONE::equals).isPresent()
                ? Optional.empty()
                : Optional.of("version "
                        + crl.version()
                                .map(v -> v.add(BigInteger.ONE).toString())
                                .orElse("1") + ", 2 required");
    }
}
