package org.chancery.ca.issuance;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.chancery.ca.lint.Finding;
import org.chancery.ca.lint.certificate.CertificateLint;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.TbsCertificate;

/// Every rule for certificates, always on, between what was decided and a signature.
final class PreSignLint {
    private PreSignLint() {}

    /// The octets to be signed, which hold to every rule.
    ///
    /// @param issuer who is about to sign
    /// @throws UnfitCertificateException naming the first error
    static byte[] require(TbsCertificate tbs, X509Certificate issuer, Instant now) throws UnfitCertificateException {
        byte[] der = CertificateSigner.toBeSigned(tbs, issuer.getPublicKey());
        requireNoError(CertificateLint.beforeSigning(der, issuer, now));
        return der;
    }

    /// The same for a certificate that signs itself.
    static byte[] requireSelfSigned(TbsCertificate tbs, PublicKey key) throws UnfitCertificateException {
        byte[] der = CertificateSigner.toBeSigned(tbs, key);
        requireNoError(CertificateLint.ofForeign(der));
        return der;
    }

    private static void requireNoError(List<Finding> findings) throws UnfitCertificateException {
        for (Finding finding : findings) {
            if (finding.isError()) {
                throw new UnfitCertificateException(finding.rule(), finding.detail() + " (" + finding.citation() + ")");
            }
        }
    }
}
