package org.chancery.ca.lint.crl;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Algorithms;
import org.chancery.ca.lint.Rule;

/// Signed with RSA or ECDSA over SHA-2.
final class CrlSignatureAlgorithmIsStrong implements Rule<ToBeSignedCrl> {
    @Override
    public String citation() {
        return "BR 7.1.3.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) throws UnreadableException {
        return Algorithms.unfit(crl.signature());
    }
}
