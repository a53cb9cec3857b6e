package org.chancery.ca.lint.crl;

import java.util.Optional;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Serials;

/// Serials are those of certificates: positive, of at most 20 octets.
final class EntrySerialsArePositive implements Rule<ToBeSignedCrl> {
    private static final int MAX_BITS = 159;

    @Override
    public String citation() {
        return "RFC 5280 5.1.2.6";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) {
        return crl.entries().stream()
                .map(ToBeSignedCrl.Entry::serial)
                .filter(serial -> serial.signum() <= 0 || serial.bitLength() > MAX_BITS)
                .findFirst()
                .map(serial -> "serial " + Serials.inWords(serial));
    }
}
