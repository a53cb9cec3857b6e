package org.chancery.ca.lint.request;

import java.util.Optional;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Severity;
import org.chancery.pki.request.CertificateRequest;

/// Names are asked for in the subjectAlternativeName: nobody looks at the subject.
final class NamesAreRequested implements Rule<CertificateRequest> {
    @Override
    public String citation() {
        return "RFC 9525 2";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<String> violation(CertificateRequest request) {
        return request.requestedNames().isEmpty()
                ? Optional.of("no subjectAlternativeName: the names must be given when it is signed")
                : Optional.empty();
    }
}
