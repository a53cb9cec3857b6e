package org.chancery.pki.path;

/// Every certificate bears its issuer's name and a signature by its issuer's key (RFC 5280 section 6.1.3
/// (a)(1) and (4)).
final class SignatureRule implements LinkRule {
    @Override
    public void check(Link link, Inquiry inquiry) throws PathValidationException {
        if (!link.certificate().issuer().equals(link.issuer().subject())) {
            throw link.refuse(PathFailure.NO_PATH, "issuer and subject do not chain");
        }
        if (!inquiry.signatures().isBy(link.certificate(), link.issuer())) {
            throw link.refuse(PathFailure.SIGNATURE_INVALID, "not signed by its issuer's key");
        }
    }
}
