package org.chancery.pki.path;

import java.security.cert.X509Certificate;
import java.util.List;
import org.chancery.pki.certificate.CertificateChain;

/// Accepts a certificate for one purpose at one instant, or says why not (RFC 5280 section 6). The one
/// judge: handshakes on both sides, envelopes, the directory and `ca verify` ask it. Thread safe.
///
/// Paths are built here from the certificates at hand; each is judged by the JDK's PKIX validator, without
/// its revocation checking and fetching, and by rules of our own where the JDK has none, is laxer or
/// guesses.
public final class PathValidator {
    /// In the order in which a candidate is judged: cheap and structural first, so that no signature is
    /// computed for what cannot pass; revocation last, because a CRL is believed only by a key that is
    /// believed.
    private static final List<PathRule> RULES = List.of(
            new ProfileRule(),
            new StrengthRule(),
            new PkixRule(),
            new UsageRule(),
            new NameRule(),
            new RevocationRule());

    private final TrustAnchors anchors;

    public PathValidator(TrustAnchors anchors) {
        this.anchors = anchors;
    }

    /// Whom it believes.
    public TrustAnchors anchors() {
        return anchors;
    }

    /// Looks for a path that passes.
    ///
    /// @throws PathValidationException if there is none: with the failure of the candidate that came
    /// furthest
    public ValidatedPath validate(ValidationRequest request) throws PathValidationException {
        Inquiry inquiry = new Inquiry(request);
        PathSearch search = new PathSearch(anchors, request, path -> {
            for (PathRule rule : RULES) {
                rule.check(path, inquiry);
            }
        });
        CandidatePath path = search.firstAccepted();
        List<X509Certificate> certificates =
                path.certificates().stream().map(PathCertificate::certificate).toList();
        return new ValidatedPath(
                new CertificateChain(certificates),
                path.anchor().certificate(),
                request.purpose(),
                request.at(),
                inquiry.policies());
    }
}
