package org.chancery.pki.path;

import org.chancery.pki.certificate.KeyUsage;

/// Every issuer is a certificate authority, and its key may sign certificates (RFC 5280 section 6.1.4 (k)
/// and (n)). An anchor of version 1 cannot say either and need not.
final class AuthorityRule implements LinkRule {
    @Override
    public void check(Link link, Inquiry inquiry) throws PathValidationException {
        PathCertificate issuer = link.issuer();
        if (issuer.fault().isPresent()) {
            throw link.refuseIssuer(PathFailure.MALFORMED, issuer.fault().get());
        }
        if (link.issuerIsAnchor() && issuer.fields().version() < 3) {
            return;
        }
        if (!issuer.isAuthority()) {
            throw link.refuseIssuer(PathFailure.NOT_A_CA, "issued certificates and is no certificate authority");
        }
        if (!issuer.allows(KeyUsage.KEY_CERT_SIGN)) {
            throw link.refuseIssuer(PathFailure.KEY_USAGE, "issued certificates; key usage without keyCertSign");
        }
    }
}
