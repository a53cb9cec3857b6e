package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// Who is no CA has digitalSignature: in TLS 1.3 either side only signs.
final class EverybodyElseSigns implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 8446 4.4.2.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        return !certificate.isAuthority() && !certificate.keyUsage().get(0)
                ? Optional.of("no digitalSignature")
                : Optional.empty();
    }
}
