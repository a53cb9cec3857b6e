package org.chancery.ca.lint.crl;

import java.util.Arrays;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// The issuer is a name that is not empty: the signer's, octet for octet.
final class CrlIssuerIsTheSigner implements Rule<ToBeSignedCrl> {
    @Override
    public String citation() {
        return "RFC 5280 5.1.2.3";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) throws UnreadableException {
        if (crl.issuer().length() == 0) {
            return Optional.of("the issuer is empty");
        }
        return crl.signing()
                .map(signing -> signing.issuer().getSubjectX500Principal().getEncoded())
                .filter(subject -> !Arrays.equals(subject, crl.issuer().encoded()))
                .map(_ -> "the issuer is not the signer's subject");
    }
}
