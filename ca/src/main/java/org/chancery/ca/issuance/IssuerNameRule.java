package org.chancery.ca.issuance;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.chancery.pki.certificate.TbsCertificate;

/// The issuer field is the issuer's subject (RFC 5280 section 6.1.3 (a)(4)), or no path leads through it.
final class IssuerNameRule implements PreSignRule {
    @Override
    public Optional<String> violation(TbsCertificate certificate, X509Certificate issuer) {
        return certificate.issuer().principal().equals(issuer.getSubjectX500Principal())
                ? Optional.empty()
                : Optional.of("issuer " + certificate.issuer() + ", signed by " + issuer.getSubjectX500Principal());
    }
}
