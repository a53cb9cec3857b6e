package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// id-pkix-ocsp-nocheck stands, as NULL, exactly where OCSPSigning stands: nobody can ask an OCSP signer about itself,
/// and everybody else is to be asked about.
final class OcspSignersSayNoCheck implements Rule<ToBeSignedCertificate> {
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

    @Override
    public String citation() {
        return "BR 7.1.2.8.6, RFC 6960 4.2.2.2.1";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Optional<ReadExtension> noCheck = certificate.extension(Extensions.OCSP_NO_CHECK);
        boolean signsOcsp = certificate.purposes().contains(OCSP_SIGNING);
        if (noCheck.isPresent() != signsOcsp) {
            return Optional.of(signsOcsp ? "OCSPSigning without nocheck" : "nocheck without OCSPSigning");
        }
        return noCheck.isPresent() && noCheck.get().tlv().as(Tlv.NULL).length() != 0
                ? Optional.of("nocheck that is not NULL")
                : Optional.empty();
    }
}
