package org.chancery.ca.lint.request;

import java.util.List;
import org.chancery.ca.lint.Finding;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Severity;
import org.chancery.pki.request.CertificateRequest;
import org.chancery.pki.request.CertificateRequestException;

/// Judges requests by every rule there is for them.
public final class RequestLint {
    static final List<Rule<CertificateRequest>> RULES =
            List.of(new AsksForNoAuthority(), new KeyIsSound(), new NamesAreRequested());

    private RequestLint() {}

    /// What does not hold of a request from anywhere.
    public static List<Finding> ofForeign(byte[] requestDer) {
        try {
            return Rule.findings(RULES, CertificateRequest.parse(requestDer));
        } catch (CertificateRequestException e) {
            return List.of(new Finding("RequestIsGenuine", Severity.ERROR, "RFC 2986 4.2", e.getMessage()));
        }
    }
}
