package org.chancery.ca.lint.crl;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Serials;

/// A certificate stands there once: two entries could contradict each other. Indirect CRLs say the issuer as well.
final class EntriesAreUnique implements Rule<ToBeSignedCrl> {
    private static final String CERTIFICATE_ISSUER = "2.5.29.29";

    @Override
    public String citation() {
        return "RFC 5280 5.3";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) {
        Set<BigInteger> seen = new HashSet<>();
        for (ToBeSignedCrl.Entry entry : crl.entries()) {
            if (ReadExtension.find(entry.extensions(), CERTIFICATE_ISSUER).isPresent()) {
                seen.clear();
            }
            if (!seen.add(entry.serial())) {
                return Optional.of("serial " + Serials.inWords(entry.serial()) + " twice");
            }
        }
        return Optional.empty();
    }
}
