package org.chancery.pki.path;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;

/// Accepts a certificate for one purpose at one instant, or says why not (RFC 5280 section 6, with RFC 9618
/// and RFC 9525). The one judge: handshakes on both sides, envelopes, the directory and `ca verify` ask it.
/// Thread safe.
///
/// Everything is judged here, by the rules of [PathRules]; of the JDK come the certificate objects and the
/// verification of signatures, of Bouncy Castle a second look at the encoding (`docs/decisions/path-validation.md`).
public final class PathValidator {
    private final List<PathCertificate> anchors;
    private final VerifiedSignatures verified = new VerifiedSignatures();
    private final ReadCertificates read;

    public PathValidator(TrustAnchors anchors) {
        this(anchors, 0);
    }

    /// One that judges the same certificates again and again.
    ///
    /// @param remembered certificates that are not read anew the next time, at some kilobytes each
    public PathValidator(TrustAnchors anchors, int remembered) {
        this.read = new ReadCertificates(remembered);
        this.anchors = anchors.certificates().stream().map(PathCertificate::of).toList();
    }

    /// Looks for a path that passes.
    ///
    /// @throws PathValidationException if there is none: with the failure of the candidate that came
    /// furthest
    public ValidatedPath validate(ValidationRequest request) throws PathValidationException {
        Inquiry inquiry = Inquiry.into(request, verified, read);
        PathCertificate target = read.of(request.target());
        Optional<CandidatePath> found = target.fault().isPresent()
                ? Optional.empty()
                : new PathSearch(target, anchors, inquiry.untrusted(), inquiry).find();
        if (found.isEmpty()) {
            throw PathExplanation.of(target, anchors, inquiry.untrusted(), inquiry);
        }
        return validated(found.get(), request);
    }

    private static ValidatedPath validated(CandidatePath path, ValidationRequest request)
            throws PathValidationException {
        List<X509Certificate> certificates =
                path.certificates().stream().map(PathCertificate::certificate).toList();
        return new ValidatedPath(
                new CertificateChain(certificates),
                path.anchor().certificate(),
                request.purpose(),
                request.at(),
                PolicyRule.policies(path, request.policies()));
    }
}
