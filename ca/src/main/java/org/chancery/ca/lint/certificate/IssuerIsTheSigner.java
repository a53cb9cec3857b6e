package org.chancery.ca.lint.certificate;

import java.util.Arrays;
import java.util.Optional;
import org.chancery.ca.lint.Rule;

/// The issuer is a name that is not empty: the signer's subject, octet for octet, or no path leads through it.
final class IssuerIsTheSigner implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 6.1.3 (a)(4)";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) {
        if (certificate.issuer().length() == 0) {
            return Optional.of("the issuer is empty");
        }
        return certificate
                .signing()
                .map(signing -> signing.issuer().getSubjectX500Principal().getEncoded())
                .filter(subject -> !Arrays.equals(subject, certificate.issuer().encoded()))
                .map(_ -> "the issuer is not the signer's subject");
    }
}
