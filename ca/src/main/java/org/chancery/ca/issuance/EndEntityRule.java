package org.chancery.ca.issuance;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.TbsCertificate;

/// What is issued from a request is never a CA (RFC 5280 section 4.2.1.9): basicConstraints is there and says
/// so.
final class EndEntityRule implements PreSignRule {
    private static final Extension END_ENTITY = Extensions.basicConstraintsOfEndEntity();

    @Override
    public Optional<String> violation(TbsCertificate certificate, X509Certificate issuer) {
        return certificate
                        .extension(Extensions.BASIC_CONSTRAINTS)
                        .filter(END_ENTITY::equals)
                        .isPresent()
                ? Optional.empty()
                : Optional.of("basicConstraints do not say that this is no CA");
    }
}
