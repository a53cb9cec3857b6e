package org.chancery.ca.lint.ocsp;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;

/// The signer is the CA that is answered for, or was certified by it directly, with OCSPSigning, digitalSignature and
/// nocheck, and is valid now.
final class SignerIsAuthorised implements Rule<ToBeSignedResponse> {
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

    @Override
    public String citation() {
        return "RFC 6960 4.2.2.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedResponse response) {
        return response.signing().flatMap(SignerIsAuthorised::fault);
    }

    private static Optional<String> fault(ToBeSignedResponse.Signing signing) {
        X509Certificate signer = signing.signer();
        if (signer.equals(signing.issuer())) {
            return Optional.empty();
        }
        if (!signer.getIssuerX500Principal().equals(signing.issuer().getSubjectX500Principal())) {
            return Optional.of("the signer was certified by " + signer.getIssuerX500Principal());
        }
        if (!mayAnswer(signer)) {
            return Optional.of("the signer has no OCSPSigning, digitalSignature or nocheck");
        }
        boolean valid = !signing.now().isBefore(signer.getNotBefore().toInstant())
                && !signing.now().isAfter(signer.getNotAfter().toInstant());
        return valid
                ? Optional.empty()
                : Optional.of(
                        "the signer is valid until " + signer.getNotAfter().toInstant());
    }

    private static boolean mayAnswer(X509Certificate signer) {
        try {
            List<String> purposes = signer.getExtendedKeyUsage();
            return purposes != null
                    && purposes.contains(OCSP_SIGNING)
                    && KeyUsage.DIGITAL_SIGNATURE.isAllowedBy(signer)
                    && signer.getExtensionValue(Extensions.OCSP_NO_CHECK) != null;
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
