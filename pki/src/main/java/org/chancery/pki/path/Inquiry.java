package org.chancery.pki.path;

import java.util.Set;

/// One request while it is being answered, and what its candidates share. One use, one thread.
final class Inquiry {
    private final ValidationRequest request;
    private Set<String> policies = Set.of();

    Inquiry(ValidationRequest request) {
        this.request = request;
    }

    ValidationRequest request() {
        return request;
    }

    /// Where to look for those who may have signed CRLs and OCSP responses for a candidate.
    SignerPaths signersFor(CandidatePath unused) {
        return new SignerPaths();
    }

    /// The policies that the candidate judged last is valid for.
    Set<String> policies() {
        return policies;
    }

    void policies(Set<String> valid) {
        policies = Set.copyOf(valid);
    }
}
