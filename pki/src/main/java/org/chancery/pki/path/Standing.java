package org.chancery.pki.path;

import org.chancery.pki.revocation.RevokedCertificate;

/// What the evidence says of one certificate.
sealed interface Standing {
    /// Fresh evidence says that it is not revoked.
    record Good() implements Standing {}

    /// Somebody who may say so says that it is.
    record Revoked(RevokedCertificate entry) implements Standing {}

    /// Neither; which of the evidence came closest, and what was wrong with it.
    record Unknown(PathFailure failure, String why) implements Standing {}
}
