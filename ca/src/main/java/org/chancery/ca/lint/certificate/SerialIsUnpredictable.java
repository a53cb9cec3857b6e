package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.lint.Rule;

/// The serial number was drawn, not counted: at least 64 bits from a generator. Of the 159 that ours have, the upper 95
/// are all zero once in 2^95 draws.
final class SerialIsUnpredictable implements Rule<ToBeSignedCertificate> {
    private static final int MIN_BITS = 64;

    @Override
    public String citation() {
        return "BR 7.1";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) {
        int bits = certificate.serialNumber().bitLength();
        return bits > MIN_BITS
                ? Optional.empty()
                : Optional.of("serial of " + bits + " bits, more than " + MIN_BITS + " required");
    }
}
