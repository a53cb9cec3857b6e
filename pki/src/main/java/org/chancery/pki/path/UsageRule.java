package org.chancery.pki.path;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.chancery.pki.certificate.KeyUsage;

/// The target may be used for the purpose, and so may what its issuers issue.
///
/// The target must name the purpose itself: `anyExtendedKeyUsage` is no substitute in a leaf (RFC 5280
/// section 4.2.1.12 lets an application ask for that). An issuer without the extension restricts nothing;
/// one that has it must name the purpose, or any.
final class UsageRule implements PathRule {
    @Override
    public void check(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        ValidationRequest request = inquiry.request();
        Purpose purpose = request.purpose();
        if (purpose == Purpose.ANY) {
            return;
        }
        // In TLS 1.3 either side only signs.
        if (!KeyUsage.DIGITAL_SIGNATURE.isAllowedBy(path.target().certificate())) {
            throw new PathValidationException(PathFailure.KEY_USAGE, 0, "key usage without digitalSignature");
        }
        List<X509Certificate> all =
                path.withAnchor().stream().map(PathCertificate::certificate).toList();
        for (int i = 0; i < all.size(); i++) {
            List<String> usages = extendedKeyUsage(all.get(i), i);
            boolean allowed = i == 0
                    ? usages.contains(purpose.oid())
                    : usages.isEmpty() || usages.contains(purpose.oid()) || usages.contains(Purpose.ANY.oid());
            if (!allowed) {
                throw new PathValidationException(
                        PathFailure.PURPOSE_NOT_ALLOWED, i, "%s required, found %s".formatted(purpose, usages));
            }
        }
    }

    private static List<String> extendedKeyUsage(X509Certificate certificate, int index)
            throws PathValidationException {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null ? List.of() : usages;
        } catch (CertificateParsingException e) {
            throw new PathValidationException(PathFailure.MALFORMED, index, "extended key usage cannot be read");
        }
    }
}
