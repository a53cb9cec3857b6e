package org.chancery.ca.lint.request;

import java.util.Optional;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.request.CertificateRequest;

/// A request asks neither for CA:TRUE nor for keyCertSign or cRLSign.
final class AsksForNoAuthority implements Rule<CertificateRequest> {
    @Override
    public String citation() {
        return "RFC 5280 4.2.1.9";
    }

    @Override
    public Optional<String> violation(CertificateRequest request) {
        return request.requestsAuthority()
                ? Optional.of("basicConstraints CA:TRUE, keyCertSign or cRLSign")
                : Optional.empty();
    }
}
