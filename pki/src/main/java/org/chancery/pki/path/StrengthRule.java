package org.chancery.pki.path;

import java.util.Optional;
import org.chancery.pki.signature.SignatureVerifier;

/// Every key of the path, the anchor's too, is one we accept, and every signature is one that has a
/// verifier: RSA or ECDSA over SHA-2. A list of what is allowed: MD5, SHA-1 and DSA are not on it, and
/// neither is what comes next. How an anchor was signed does not matter, since nobody relies on it.
final class StrengthRule implements LinkRule {
    @Override
    public void check(Link link, Inquiry inquiry) throws PathValidationException {
        if (link.issuerIsAnchor()) {
            checkKey(link.issuer(), link.index() + 1);
        }
        checkKey(link.certificate(), link.index());
        if (SignatureVerifier.of(link.certificate().fields().signatureAlgorithm())
                .isEmpty()) {
            throw link.refuse(
                    PathFailure.WEAK_SIGNATURE,
                    "signed with %s, RSA or ECDSA with SHA-2 required"
                            .formatted(link.certificate().certificate().getSigAlgName()));
        }
    }

    private static void checkKey(PathCertificate certificate, int index) throws PathValidationException {
        Optional<String> fault = certificate.keyFault();
        if (fault.isPresent()) {
            throw new PathValidationException(PathFailure.WEAK_KEY, index, fault.get());
        }
    }
}
