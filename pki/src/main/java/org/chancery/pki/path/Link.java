package org.chancery.pki.path;

/// A certificate and the one that is said to have issued it.
///
/// @param index the certificate's place in its path, for messages; its issuer's is one more
/// @param issuerIsAnchor whether the issuer is believed instead of judged
record Link(PathCertificate certificate, PathCertificate issuer, int index, boolean issuerIsAnchor) {
    PathValidationException refuse(PathFailure failure, String message) {
        return new PathValidationException(failure, index, message);
    }

    PathValidationException refuseIssuer(PathFailure failure, String message) {
        return new PathValidationException(failure, index + 1, message);
    }
}
