package org.chancery.ca.issuance;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.TbsCertificate;

/// Names stand in the subjectAlternativeName, which is critical exactly where the subject is empty (RFC 5280
/// section 4.2.1.6).
final class SubjectAlternativeNameRule implements PreSignRule {
    @Override
    public Optional<String> violation(TbsCertificate certificate, X509Certificate issuer) {
        if (AlternativeNames.of(certificate).isEmpty()) {
            return Optional.of("no subjectAlternativeName, or none that can be read");
        }
        boolean critical = certificate
                .extension(Extensions.SUBJECT_ALTERNATIVE_NAME)
                .orElseThrow()
                .critical();
        boolean empty = certificate.subject().isEmpty();
        return critical == empty
                ? Optional.empty()
                : Optional.of("subjectAlternativeName critical " + critical + ", subject empty " + empty);
    }
}
