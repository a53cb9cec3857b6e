package org.chancery.pki.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.path.CrlSigners.SignedCrl;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlScope;
import org.chancery.pki.revocation.DistributionPoint;
import org.chancery.pki.revocation.MalformedCrlException;
import org.chancery.pki.revocation.ReasonFlags;
import org.chancery.pki.revocation.RevokedCertificate;

/// Judges a certificate by CRLs (RFC 5280 section 6.3.3): distribution point by distribution point, until
/// every reason for which it could have been revoked is covered by a list that is true and fresh.
final class CrlJudge {
    private final RevocationEvidence evidence;
    private final CrlSigners signers;
    private final Signatures signatures;

    CrlJudge(RevocationEvidence evidence, CrlSigners signers, Signatures signatures) {
        this.evidence = evidence;
        this.signers = signers;
        this.signatures = signatures;
    }

    Standing standing(PathCertificate certificate, PathCertificate issuer) throws PathValidationException {
        List<DistributionPoint> points;
        try {
            points = points(certificate);
        } catch (MalformedCrlException e) {
            return new Standing.Unknown(PathFailure.MALFORMED, e.getMessage());
        }
        Findings findings = new Findings(certificate);
        for (DistributionPoint point : points) {
            for (List<Crl> scope : scopes(point, certificate)) {
                Optional<RevokedCertificate> entry = look(scope, point, certificate, issuer, findings);
                if (entry.isPresent()) {
                    return new Standing.Revoked(entry.get());
                }
            }
        }
        return findings.standing();
    }

    /// Those the certificate names, and its issuer's own lists, which need no naming.
    private static List<DistributionPoint> points(PathCertificate certificate) throws MalformedCrlException {
        X500Principal issuer = certificate.certificate().getIssuerX500Principal();
        List<DistributionPoint> points = new ArrayList<>();
        Optional<Extension> extension = certificate.extensions().find(DistributionPoint.EXTENSION);
        if (extension.isPresent()) {
            points.addAll(DistributionPoint.parse(extension.get().der(), issuer));
        }
        points.add(DistributionPoint.ofIssuer(issuer));
        return points;
    }

    /// The complete lists that speak of this certificate at this point, those of one issuer and scope
    /// together, newest first (RFC 5280 section 6.3.3 (b)).
    private List<List<Crl>> scopes(DistributionPoint point, PathCertificate certificate) {
        boolean named = !point.crlIssuers().isEmpty();
        List<X500Principal> issuers =
                named ? point.crlIssuers() : List.of(certificate.certificate().getIssuerX500Principal());
        Map<List<Object>, List<Crl>> scopes = new LinkedHashMap<>();
        for (X500Principal issuer : issuers) {
            for (Crl crl : evidence.crls().of(issuer)) {
                CrlScope scope = crl.scope();
                if (!crl.isDelta() && (!named || scope.indirect()) && scope.covers(point, certificate.isAuthority())) {
                    scopes.computeIfAbsent(List.of(issuer, scope), _ -> new ArrayList<>())
                            .add(crl);
                }
            }
        }
        return List.copyOf(scopes.values());
    }

    /// Looks the certificate up in the newest true lists of one scope.
    ///
    /// @return the entry that revokes it; empty otherwise, and what the lists are worth is noted
    private Optional<RevokedCertificate> look(
            List<Crl> newestFirst,
            DistributionPoint point,
            PathCertificate certificate,
            PathCertificate issuer,
            Findings findings)
            throws PathValidationException {
        List<Crl> made = new ArrayList<>();
        for (Crl crl : newestFirst) {
            if (evidence.isFromFuture(crl.thisUpdate())) {
                findings.note(PathFailure.CRL_INVALID, "CRL of %s is from the future".formatted(crl.thisUpdate()));
            } else {
                made.add(crl);
            }
        }
        if (made.isEmpty()) {
            return Optional.empty();
        }
        List<SignedCrl> believed =
                signers.believed(made, certificate, issuer, !point.crlIssuers().isEmpty());
        if (believed.isEmpty()) {
            findings.note(
                    PathFailure.CRL_INVALID,
                    "CRL of %s not signed by a key that may sign it"
                            .formatted(made.getFirst().issuer().getName()));
        }
        for (SignedCrl signed : believed) {
            BaseAndDelta list = BaseAndDelta.of(signed.crl(), signed.key(), evidence, signatures);
            Optional<RevokedCertificate> entry = list.find(
                    certificate.certificate().getIssuerX500Principal(), SerialNumber.of(certificate.certificate()));
            // Before staleness: what an old list says to be revoked has been revoked for certain.
            if (entry.isPresent() && evidence.counts(entry.get())) {
                return entry;
            }
            findings.list(signed.crl(), list, point);
        }
        return Optional.empty();
    }

    /// What the lists looked at were worth.
    private final class Findings {
        private final PathCertificate certificate;
        private ReasonFlags covered = ReasonFlags.NONE;
        private Standing.Unknown worst;

        Findings(PathCertificate certificate) {
            this.certificate = certificate;
            this.worst = new Standing.Unknown(
                    PathFailure.CRL_MISSING,
                    "no CRL of %s that covers the certificate for all reasons"
                            .formatted(certificate
                                    .certificate()
                                    .getIssuerX500Principal()
                                    .getName()));
        }

        void list(Crl crl, BaseAndDelta list, DistributionPoint point) {
            if (evidence.isStale(list.nextUpdate())) {
                note(
                        PathFailure.CRL_STALE,
                        "CRL was to be renewed by %s, grace %s".formatted(list.nextUpdate(), evidence.grace()));
            } else if (!lists(crl)) {
                note(PathFailure.CRL_MISSING, "the CRL no longer lists certificates that have expired");
            } else {
                covered = covered.or(crl.scope().reasons().and(point.reasons()));
            }
        }

        /// After a certificate has expired, not to be listed says nothing, unless the list says that it
        /// would be.
        private boolean lists(Crl crl) {
            var end = certificate.certificate().getNotAfter().toInstant();
            return !end.isBefore(crl.thisUpdate())
                    || crl.expiredSince().filter(since -> !since.isAfter(end)).isPresent();
        }

        void note(PathFailure failure, String why) {
            if (worst.failure() != PathFailure.CRL_STALE) {
                worst = new Standing.Unknown(failure, why);
            }
        }

        Standing standing() {
            return ReasonFlags.ALL.isWithin(covered) ? new Standing.Good() : worst;
        }
    }
}
