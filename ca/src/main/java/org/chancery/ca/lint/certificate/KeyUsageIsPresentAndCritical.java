package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// keyUsage is there, critical, with at least one bit: a key without it may do everything.
final class KeyUsageIsPresentAndCritical implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.2.1.3";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Optional<ReadExtension> usage = certificate.extension(Extensions.KEY_USAGE);
        if (usage.isEmpty() || !usage.get().critical()) {
            return Optional.of(usage.isEmpty() ? "no keyUsage" : "keyUsage not critical");
        }
        return certificate.keyUsage().isEmpty() ? Optional.of("keyUsage without a bit") : Optional.empty();
    }
}
