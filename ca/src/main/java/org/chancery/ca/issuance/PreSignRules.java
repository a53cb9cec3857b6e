package org.chancery.ca.issuance;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.TbsCertificate;

/// All rules, always on. A profile that is right never meets them; they stand between a slip in one and a
/// signature.
final class PreSignRules {
    private static final List<PreSignRule> ALL = List.of(
            new SerialNumberRule(),
            new IssuerNameRule(),
            new ValidityRule(),
            new SubjectAlternativeNameRule(),
            new CommonNameRule(),
            new EndEntityRule(),
            new KeyUsageRule());

    private PreSignRules() {}

    static void check(TbsCertificate certificate, X509Certificate issuer) throws UnfitCertificateException {
        for (PreSignRule rule : ALL) {
            Optional<String> violation = rule.violation(certificate, issuer);
            if (violation.isPresent()) {
                throw new UnfitCertificateException(rule.getClass().getSimpleName(), violation.get());
            }
        }
    }
}
