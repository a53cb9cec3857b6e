package org.chancery.pki.path;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.revocation.OcspResponse;
import org.chancery.pki.revocation.OcspSingle;
import org.chancery.pki.revocation.OcspStatus;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;

/// Judges a certificate by OCSP responses (RFC 6960 section 3.2): an answer about this very certificate,
/// signed by its issuer or by whom that issuer has delegated answering to, and fresh.
final class OcspJudge {
    private final RevocationEvidence evidence;
    private final SignerPaths paths;
    private final RevocationJudge judge;

    OcspJudge(RevocationEvidence evidence, SignerPaths paths, RevocationJudge judge) {
        this.evidence = evidence;
        this.paths = paths;
        this.judge = judge;
    }

    Standing standing(PathCertificate certificate, PathCertificate issuer) throws PathValidationException {
        Standing best = new Standing.Unknown(
                evidence.crls().crls().isEmpty() && !evidence.ocsp().isEmpty()
                        ? PathFailure.OCSP_MISSING
                        : PathFailure.CRL_MISSING,
                "no OCSP response about " + certificate);
        Optional<PublicKey> issuerKey = issuer.publicKey();
        if (issuerKey.isEmpty()) {
            return best;
        }
        for (OcspResponse response : evidence.ocsp()) {
            List<OcspSingle> answers = response.about(
                    certificate.certificate().getIssuerX500Principal(),
                    issuerKey.get(),
                    SerialNumber.of(certificate.certificate()));
            if (answers.isEmpty()) {
                continue;
            }
            // Signatures before statuses (RFC 9919): what nobody entitled has said is not looked at.
            if (!mayAnswer(response, issuer)) {
                best = better(best, invalid("OCSP response not signed by the issuer or its delegate"));
                continue;
            }
            for (OcspSingle answer : answers) {
                Standing said = standing(answer);
                if (said instanceof Standing.Revoked) {
                    return said;
                }
                best = better(best, said);
            }
        }
        return best;
    }

    private Standing standing(OcspSingle answer) {
        if (evidence.isFromFuture(answer.thisUpdate())) {
            return invalid("OCSP answer of %s is from the future".formatted(answer.thisUpdate()));
        }
        // Without nextUpdate nobody can say how long it holds (RFC 9919 requires one).
        boolean stale = answer.nextUpdate().isEmpty()
                || evidence.isStale(answer.nextUpdate().get());
        return switch (answer.status()) {
            // What an old answer says to be revoked has been revoked for certain, but a hold may have ended.
            case OcspStatus.Revoked(var at, var reason)
            when !stale || reason != RevocationReason.CERTIFICATE_HOLD ->
                new Standing.Revoked(new RevokedCertificate(answer.id().serialNumber(), at, reason, Optional.empty()));
            case OcspStatus.Good _ when !stale -> new Standing.Good();
            case OcspStatus.Unknown _ ->
                new Standing.Unknown(PathFailure.OCSP_UNKNOWN, "the OCSP responder does not know the certificate");
            case OcspStatus.Good _, OcspStatus.Revoked _ ->
                new Standing.Unknown(
                        PathFailure.OCSP_STALE,
                        answer.nextUpdate()
                                .map(next -> "OCSP answer was to be renewed by %s, grace %s"
                                        .formatted(next, evidence.grace()))
                                .orElse("OCSP answer without nextUpdate"));
        };
    }

    private static Standing invalid(String why) {
        return new Standing.Unknown(PathFailure.OCSP_INVALID, why);
    }

    /// Good stays good: what another response lacks takes nothing from it.
    private static Standing better(Standing one, Standing other) {
        return one instanceof Standing.Good ? one : other;
    }

    /// RFC 6960 section 4.2.2.2: the authority that issued the certificate, by the key it issued it with,
    /// or who has id-kp-OCSPSigning directly from that key.
    private boolean mayAnswer(OcspResponse response, PathCertificate issuer) throws PathValidationException {
        if (paths.signatures().isBy(response, issuer)) {
            return true;
        }
        for (X509Certificate candidate : response.certificates()) {
            PathCertificate delegate = PathCertificate.of(candidate);
            // Whose delegate it is first: a stranger's key may have been made to keep us busy.
            if (isDelegate(delegate)
                    && delegate.issuer().equals(issuer.subject())
                    && paths.signatures().isBy(delegate, issuer)
                    && paths.signatures().isBy(response, delegate)
                    && isGood(delegate, issuer)) {
                return true;
            }
        }
        return false;
    }

    /// Any purpose is not this one: who may answer for a CA has to be told so.
    private static boolean isDelegate(PathCertificate delegate) {
        return delegate.fault().isEmpty()
                && delegate.allows(KeyUsage.DIGITAL_SIGNATURE)
                && delegate.extensions()
                        .extendedKeyUsage()
                        .filter(purposes -> purposes.contains(ExtendedKeyUsage.OCSP_SIGNING.oid()))
                        .isPresent();
    }

    private boolean isGood(PathCertificate delegate, PathCertificate issuer) throws PathValidationException {
        Optional<CandidatePath> path = paths.to(delegate);
        boolean direct = path.isPresent()
                && path.get().issuerOf(0).subject().equals(issuer.subject())
                && path.get().issuerOf(0).publicKey().equals(issuer.publicKey());
        // id-pkix-ocsp-nocheck: the authority vouches for its delegate until the certificate ends (RFC 6960
        // section 4.2.2.2.1). Otherwise its own revocation counts like anybody's.
        return direct
                && (delegate.extensions().has(ExtensionSyntax.OCSP_NO_CHECK)
                        || judge.standing(delegate, issuer) instanceof Standing.Good);
    }
}
