package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Serials;

/// The serial number is positive: not zero, not negative.
final class SerialIsPositive implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.1.2.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) {
        return certificate.serialNumber().signum() > 0
                ? Optional.empty()
                : Optional.of("serial " + Serials.inWords(certificate.serialNumber()));
    }
}
