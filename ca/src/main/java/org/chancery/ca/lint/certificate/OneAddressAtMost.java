package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// One rfc822Name at most: an address is who somebody is, and nobody is two.
final class OneAddressAtMost implements Rule<ToBeSignedCertificate> {
    private static final int RFC822_NAME = 1;

    @Override
    public String citation() {
        return "RFC 5280 4.2.1.6";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        long addresses = certificate.alternativeNames().stream()
                .filter(name -> name.isContext(RFC822_NAME))
                .count();
        return addresses > 1 ? Optional.of(addresses + " rfc822Names") : Optional.empty();
    }
}
