package org.chancery.pki.path;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.RevokedCertificate;

/// Where revocation is required: each certificate of the path has a CRL of its issuer, verified by the
/// issuer's key in this very path, current, and is not on it. The anchor is not looked up: nobody above
/// could have revoked it.
final class RevocationRule implements PathRule {
    /// How far the clock of who issued a CRL may be ahead of ours.
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    @Override
    public void check(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        ValidationRequest request = inquiry.request();
        switch (request.revocation()) {
            case Revocation.NotChecked _ -> {}
            case Revocation.Required required -> {
                // From the anchor down: a revoked issuer's word on its own certificates is worth nothing.
                for (int i = path.length() - 1; i >= 0; i--) {
                    check(path, i, required, request.at());
                }
            }
        }
    }

    private static void check(CandidatePath path, int index, Revocation.Required required, Instant at)
            throws PathValidationException {
        X509Certificate certificate = path.certificates().get(index).certificate();
        Optional<Crl> newest = required.crls().newest(certificate.getIssuerX500Principal());
        if (newest.isEmpty()) {
            throw failure(
                    PathFailure.CRL_MISSING,
                    index,
                    "no CRL of " + certificate.getIssuerX500Principal().getName());
        }
        Crl crl = newest.get();
        checkIssuer(crl, path.issuerOf(index).certificate(), index);
        if (crl.thisUpdate().isAfter(at.plus(CLOCK_SKEW))) {
            throw failure(PathFailure.CRL_INVALID, index, "CRL of " + crl.thisUpdate() + " is from the future");
        }
        // Before staleness: what an old CRL lists has been revoked for certain.
        Optional<RevokedCertificate> revoked = crl.find(SerialNumber.of(certificate));
        if (revoked.isPresent()) {
            throw PathValidationException.revoked(index, revoked.get());
        }
        if (crl.nextUpdate().plus(required.grace()).isBefore(at)) {
            throw failure(
                    PathFailure.CRL_STALE,
                    index,
                    "CRL was to be renewed by %s, grace %s".formatted(crl.nextUpdate(), required.grace()));
        }
    }

    private static void checkIssuer(Crl crl, X509Certificate issuer, int index) throws PathValidationException {
        if (!KeyUsage.CRL_SIGN.isAllowedBy(issuer)) {
            throw failure(PathFailure.CRL_INVALID, index, "the issuer's key usage does not allow to sign CRLs");
        }
        if (!crl.verifiedBy(issuer)) {
            throw failure(PathFailure.CRL_INVALID, index, "CRL not signed by the issuer's key");
        }
    }

    private static PathValidationException failure(PathFailure failure, int index, String message) {
        return new PathValidationException(failure, index, message);
    }
}
