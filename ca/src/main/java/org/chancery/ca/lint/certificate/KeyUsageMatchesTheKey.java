package org.chancery.ca.lint.certificate;

import java.util.BitSet;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// Nothing is encrypted to an EC key, and an RSA key agrees on nothing.
final class KeyUsageMatchesTheKey implements Rule<ToBeSignedCertificate> {
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int DATA_ENCIPHERMENT = 3;
    private static final int KEY_AGREEMENT = 4;

    @Override
    public String citation() {
        return "RFC 8813 3, RFC 3279 2.3";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        BitSet usage = certificate.keyUsage();
        if (certificate.keyAlgorithm().equals(RSA)) {
            return usage.get(KEY_AGREEMENT) ? Optional.of("keyAgreement of an RSA key") : Optional.empty();
        }
        return usage.get(KEY_ENCIPHERMENT) || usage.get(DATA_ENCIPHERMENT)
                ? Optional.of("encipherment to an EC key")
                : Optional.empty();
    }
}
