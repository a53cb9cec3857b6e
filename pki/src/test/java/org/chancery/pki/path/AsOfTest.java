package org.chancery.pki.path;

import static org.chancery.pki.path.PathAssert.request;
import static org.chancery.pki.path.PathAssert.validating;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.testing.CrlForge;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Test;

/// What was accepted in the past, judged by what is known now.
class AsOfTest {
    private static final Instant ACCEPTED = TestPki.NOW;
    private static final Instant LATER = TestPki.NOW.plus(Duration.ofDays(10));

    private final Forge root = Forge.root("Root");
    private final Forge issuing = Forge.authority("Issuing", root);
    private final Forge leaf = Forge.leaf(issuing);

    @Test
    void acceptsWhatIsNotListedNow() {
        judge(list()).isAccepted();
    }

    @Test
    void refusesWhatWasRevokedByThen() {
        judge(revokedAt(ACCEPTED, RevocationReason.SUPERSEDED)).isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void acceptsWhatWasRevokedAfterwards() {
        judge(revokedAt(ACCEPTED.plusSeconds(1), RevocationReason.SUPERSEDED)).isAccepted();
        judge(revokedAt(ACCEPTED.plusSeconds(1), RevocationReason.KEY_COMPROMISE))
                .isAccepted();
    }

    @Test
    void compromisedKeyCountsFromTheInvalidityDate() {
        judge(revokedLaterBut(RevocationReason.KEY_COMPROMISE, ACCEPTED)).isRefusedFor(PathFailure.REVOKED, 0);
        judge(revokedLaterBut(RevocationReason.KEY_COMPROMISE, ACCEPTED.plusSeconds(1)))
                .isAccepted();
    }

    @Test
    void invalidityDateOfAnotherReasonDoesNotCount() {
        judge(revokedLaterBut(RevocationReason.SUPERSEDED, ACCEPTED)).isAccepted();
    }

    @Test
    void listsMustBeFreshNow() {
        judge(list().nextUpdate(LATER.minusSeconds(1))).isRefusedFor(PathFailure.CRL_STALE, 0);
    }

    @Test
    void certificateMustHaveBeenValidThen() {
        Forge young = Forge.leaf(issuing).notBefore(ACCEPTED.plusSeconds(1));
        validating(root, request(young, issuing).revocation(asOf(list()))).isRefusedFor(PathFailure.NOT_YET_VALID, 0);
    }

    @Test
    void expiredCertificateIsLookedUpOnlyWhereExpiredOnesStayListed() {
        Forge expired = Forge.leaf(issuing).notAfter(ACCEPTED.plusSeconds(60));
        validating(root, request(expired, issuing).revocation(asOf(list()))).isRefusedFor(PathFailure.CRL_MISSING, 0);
        CrlForge keeping = list().with(Extension.expiredCertsOnCRL, false, DerTime.generalized(ACCEPTED));
        validating(root, request(expired, issuing).revocation(asOf(keeping))).isAccepted();
    }

    private CrlForge list() {
        return made(CrlForge.of(issuing.certificate(), issuing.key()));
    }

    private static CrlForge made(CrlForge forge) {
        return forge.thisUpdate(LATER.minusSeconds(60)).nextUpdate(LATER.plusSeconds(60));
    }

    private CrlForge revokedAt(Instant revokedAt, RevocationReason reason) {
        return list().entry(
                        leaf.certificate().getSerialNumber(), DerTime.of(revokedAt), CrlForge.reason(reason.code()));
    }

    private CrlForge revokedLaterBut(RevocationReason reason, Instant invalidityDate) {
        return list().entry(
                        leaf.certificate().getSerialNumber(),
                        DerTime.of(LATER.minusSeconds(90)),
                        CrlForge.reason(reason.code()),
                        CrlForge.extension(Extension.invalidityDate, false, DerTime.generalized(invalidityDate)));
    }

    private PathAssert judge(CrlForge list) {
        return validating(root, request(leaf, issuing).revocation(asOf(list)));
    }

    private Revocation asOf(CrlForge list) {
        CrlForge ofRoot = made(CrlForge.of(root.certificate(), root.key()));
        return new Revocation.AsOf(
                CrlSet.unverified(List.of(ofRoot.crl(), list.crl())), Duration.ZERO, ACCEPTED, LATER);
    }
}
