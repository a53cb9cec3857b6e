package org.chancery.ca.lint.request;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.request.CertificateRequest;

/// No extension is asked for twice.
final class ExtensionsAreRequestedOnce implements Rule<CertificateRequest> {
    @Override
    public String citation() {
        return "RFC 5280 4.2";
    }

    @Override
    public Optional<String> violation(CertificateRequest request) {
        Set<String> seen = new HashSet<>();
        return request.requestedExtensionOids().stream()
                .filter(oid -> !seen.add(oid))
                .findFirst()
                .map(oid -> "extension " + oid + " twice");
    }
}
