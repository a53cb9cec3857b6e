package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// Who is no CA says what the certificate is for.
final class ExtendedKeyUsageIsPresent implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "BR 7.1.2.7.10";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        return !certificate.isAuthority() && certificate.purposes().isEmpty()
                ? Optional.of("no extendedKeyUsage")
                : Optional.empty();
    }
}
