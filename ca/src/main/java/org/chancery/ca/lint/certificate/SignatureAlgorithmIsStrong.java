package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Algorithms;
import org.chancery.ca.lint.Rule;

/// Signed with RSA or ECDSA over SHA-2.
final class SignatureAlgorithmIsStrong implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "BR 7.1.3.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        return Algorithms.unfit(certificate.signature());
    }
}
