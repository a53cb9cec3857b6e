package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.key.KeyPolicy;
import org.chancery.pki.key.WeakKeyException;

/// The key is one that the validator accepts: it would refuse the certificate otherwise.
final class KeyIsAccepted implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "BR 6.1.5";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) {
        try {
            KeyPolicy.ACCEPT.check(certificate.key());
            return Optional.empty();
        } catch (WeakKeyException e) {
            return Optional.of(e.getMessage());
        }
    }
}
