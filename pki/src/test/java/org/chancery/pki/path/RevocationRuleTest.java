package org.chancery.pki.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chancery.pki.path.PathAssert.request;
import static org.chancery.pki.path.PathAssert.validating;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.CrlSigner;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;

/// Each certificate of the path needs a good CRL, and one fault of one CRL is enough.
class RevocationRuleTest {
    private static final Instant HOUR_AGO = TestPki.NOW.minus(Duration.ofHours(1));
    private static final Instant TOMORROW = TestPki.NOW.plus(Duration.ofDays(1));

    private final Forge root = Forge.root("Root");
    private final Forge issuing = Forge.authority("Issuing", root);
    private final Forge leaf = Forge.leaf(issuing);

    @Test
    void acceptsPathThatNobodyRevoked() {
        judge(crl(root), crl(issuing, Forge.leaf(issuing))).isAccepted();
    }

    @Test
    void refusesRevokedLeafAndShowsTheEntry() {
        PathValidationException refusal = judge(crl(root), crl(issuing, leaf)).isRefusedFor(PathFailure.REVOKED, 0);
        assertThat(refusal.revoked()).contains(entry(leaf));
    }

    @Test
    void refusesRevokedIssuer() {
        judge(crl(root, issuing), crl(issuing)).isRefusedFor(PathFailure.REVOKED, 1);
    }

    @Test
    void doesNotLookWhereNotAsked() {
        validating(root, request(leaf, issuing)).isAccepted();
    }

    @Test
    @Defends(Threat.FAULT_TAKEN_FOR_CONSENT)
    void refusesWithoutCrlOfEachIssuer() {
        judge(crl(root)).isRefusedFor(PathFailure.CRL_MISSING, 0);
        judge(crl(issuing)).isRefusedFor(PathFailure.CRL_MISSING, 1);
    }

    @Test
    void refusesCrlPastNextUpdateAndGrace() {
        Crl old = crl(issuing, HOUR_AGO, TestPki.NOW.minusSeconds(1));
        judge(Duration.ZERO, crl(root), old).isRefusedFor(PathFailure.CRL_STALE, 0);
        judge(Duration.ofSeconds(1), crl(root), old).isAccepted();
    }

    @Test
    void believesOldCrlInWhatItLists() {
        Crl old = crl(issuing, HOUR_AGO, TestPki.NOW.minusSeconds(1), leaf);
        judge(Duration.ZERO, crl(root), old).isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void refusesCrlFromTheFutureBeyondClockSkew() {
        Instant minutes = TestPki.NOW.plus(Duration.ofMinutes(5));
        judge(crl(root), crl(issuing, minutes, TOMORROW)).isAccepted();
        judge(crl(root), crl(issuing, minutes.plusSeconds(1), TOMORROW)).isRefusedFor(PathFailure.CRL_INVALID, 0);
    }

    @Test
    void refusesCrlOfAnotherKeyUnderTheSameName() {
        Forge impostor = Forge.authority("Issuing", root).key(TestKeys.ec("impostor"));
        judge(crl(root), crl(impostor)).isRefusedFor(PathFailure.CRL_INVALID, 0);
    }

    @Test
    void refusesCrlOfIssuerThatMayNotSignAny() {
        Crl crl = crl(Forge.authority("Issuing", root));
        issuing.with(Extensions.keyUsage(Set.of(KeyUsage.KEY_CERT_SIGN)));
        judge(crl(root), crl).isRefusedFor(PathFailure.CRL_INVALID, 0);
    }

    private PathAssert judge(Crl... crls) {
        return judge(Duration.ZERO, crls);
    }

    private PathAssert judge(Duration grace, Crl... crls) {
        return validating(
                root, request(leaf, issuing).revocation(new Revocation.Required(CrlSet.of(List.of(crls)), grace)));
    }

    private static Crl crl(Forge issuer, Forge... revoked) {
        return crl(issuer, HOUR_AGO, TOMORROW, revoked);
    }

    private static Crl crl(Forge issuer, Instant thisUpdate, Instant nextUpdate, Forge... revoked) {
        return CrlSigner.sign(
                issuer.certificate(),
                issuer.key(),
                BigInteger.ONE,
                thisUpdate,
                nextUpdate,
                List.of(revoked).stream().map(RevocationRuleTest::entry).toList());
    }

    private static RevokedCertificate entry(Forge certificate) {
        return new RevokedCertificate(
                SerialNumber.of(certificate.certificate()),
                HOUR_AGO,
                RevocationReason.KEY_COMPROMISE,
                Optional.empty());
    }
}
