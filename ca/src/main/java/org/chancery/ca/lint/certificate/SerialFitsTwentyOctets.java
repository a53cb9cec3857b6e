package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.lint.Rule;

/// The serial number has at most 20 octets, the one of its sign included.
final class SerialFitsTwentyOctets implements Rule<ToBeSignedCertificate> {
    private static final int MAX_OCTETS = 20;

    @Override
    public String citation() {
        return "RFC 5280 4.1.2.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) {
        int octets = certificate.serialNumber().toByteArray().length;
        return octets <= MAX_OCTETS
                ? Optional.empty()
                : Optional.of("serial of " + octets + " octets, at most " + MAX_OCTETS);
    }
}
