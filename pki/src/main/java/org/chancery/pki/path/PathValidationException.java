package org.chancery.pki.path;

import java.util.Optional;
import org.chancery.pki.revocation.RevokedCertificate;
import org.jspecify.annotations.Nullable;

/// A certificate is not accepted: for what reason, and which certificate of the path is at fault.
public final class PathValidationException extends Exception {
    private static final long serialVersionUID = 1L;

    /// The index where no single certificate is at fault.
    static final int NO_CERTIFICATE = -1;

    private final PathFailure failure;
    private final int certificateIndex;
    private final transient @Nullable RevokedCertificate revoked;

    PathValidationException(PathFailure failure, int certificateIndex, String message) {
        this(failure, certificateIndex, message, null);
    }

    private PathValidationException(
            PathFailure failure, int certificateIndex, String message, @Nullable RevokedCertificate revoked) {
        super(message);
        this.failure = failure;
        this.certificateIndex = certificateIndex;
        this.revoked = revoked;
    }

    static PathValidationException revoked(int certificateIndex, RevokedCertificate entry) {
        String message =
                "revoked at " + entry.revokedAt() + ", reason " + entry.reason().cliName();
        return new PathValidationException(PathFailure.REVOKED, certificateIndex, message, entry);
    }

    /// The reason, for a program to decide by.
    public PathFailure failure() {
        return failure;
    }

    /// The certificate at fault: 0 is the target, 1 its issuer and so on up to the anchor; -1 where it is none of
    /// them.
    public int certificateIndex() {
        return certificateIndex;
    }

    /// The entry of the CRL, if that is why.
    public Optional<RevokedCertificate> revoked() {
        return Optional.ofNullable(revoked);
    }
}
