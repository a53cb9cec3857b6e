package org.chancery.ca.issuance;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.chancery.ca.lint.Finding;
import org.chancery.ca.lint.certificate.CertificateLint;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.path.PathRehearsal;
import org.chancery.pki.path.PathValidationException;

/// What stands between a decision and a signature: every rule for certificates, and the judge whom this one will meet,
/// asked before there is a signature. What he would refuse, such as a name outside the constraints of any CA above, is
/// not issued.
///
/// Thread safe. Kept as long as its CA signs: what is above the certificate is verified once.
final class PreSignCheck {
    private final X509Certificate issuer;
    private final PathRehearsal rehearsal;

    /// @param issuerFirst who is about to sign, up to the root
    PreSignCheck(CertificateChain issuerFirst) {
        this.issuer = issuerFirst.leaf();
        this.rehearsal =
                PathRehearsal.under(issuerFirst, issuerFirst.certificates().getLast());
    }

    /// The octets to be signed, which hold to every rule.
    ///
    /// @throws UnfitCertificateException naming the first rule that does not hold
    byte[] require(TbsCertificate tbs, Instant now) throws UnfitCertificateException {
        byte[] tbsDer = CertificateSigner.toBeSigned(tbs, issuer.getPublicKey());
        requireNoError(CertificateLint.beforeSigning(tbsDer, issuer, now));
        try {
            rehearsal.check(tbsDer, now);
            return tbsDer;
        } catch (PathValidationException e) {
            throw new UnfitCertificateException(
                    e.failure().name(), "it would not be accepted: " + e.getMessage() + " (RFC 5280 section 6)");
        }
    }

    /// The same for a certificate that signs itself; nobody judges a root but whoever trusts it.
    static byte[] requireSelfSigned(TbsCertificate tbs) throws UnfitCertificateException {
        byte[] tbsDer = CertificateSigner.toBeSigned(tbs, tbs.publicKey());
        requireNoError(CertificateLint.ofForeign(tbsDer));
        return tbsDer;
    }

    private static void requireNoError(List<Finding> findings) throws UnfitCertificateException {
        for (Finding finding : findings) {
            if (finding.isError()) {
                throw new UnfitCertificateException(finding.rule(), finding.detail() + " (" + finding.citation() + ")");
            }
        }
    }
}
