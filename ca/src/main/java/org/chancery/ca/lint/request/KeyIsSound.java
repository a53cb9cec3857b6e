package org.chancery.ca.lint.request;

import java.util.Optional;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.key.KeyInspection;
import org.chancery.pki.key.KeyPolicy;
import org.chancery.pki.key.WeakKeyException;
import org.chancery.pki.request.CertificateRequest;

/// The key is long enough to be certified, and shows none of the faults of broken generators.
final class KeyIsSound implements Rule<CertificateRequest> {
    @Override
    public String citation() {
        return "BR 6.1.1.3";
    }

    @Override
    public Optional<String> violation(CertificateRequest request) {
        try {
            KeyPolicy.ISSUE.check(request.publicKey());
            KeyInspection.inspect(request.publicKey());
            return Optional.empty();
        } catch (WeakKeyException e) {
            return Optional.of(e.getMessage());
        }
    }
}
