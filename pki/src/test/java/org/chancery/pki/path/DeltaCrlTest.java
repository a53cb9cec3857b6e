package org.chancery.pki.path;

import static org.chancery.pki.path.PathAssert.request;
import static org.chancery.pki.path.PathAssert.validating;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.testing.CrlForge;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Test;

/// A complete list and what has changed since (RFC 5280 section 5.2.4).
class DeltaCrlTest {
    private final Forge root = Forge.root("Root");
    private final Forge issuing = Forge.authority("Issuing", root);
    private final Forge leaf = Forge.leaf(issuing);

    @Test
    void deltaAloneSaysNothing() {
        judge(delta(5, 1)).isRefusedFor(PathFailure.CRL_MISSING, 0);
    }

    @Test
    void deltaAddsToItsBase() {
        judge(base(1), delta(2, 1)).isAccepted();
        judge(base(1), listing(delta(2, 1), RevocationReason.SUPERSEDED)).isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void deltaEndsHold() {
        CrlForge held = listing(base(1), RevocationReason.CERTIFICATE_HOLD);
        judge(held).isRefusedFor(PathFailure.REVOKED, 0);
        judge(held, listing(delta(2, 1), RevocationReason.REMOVE_FROM_CRL)).isAccepted();
    }

    @Test
    void deltaTurnsHoldIntoRevocation() {
        judge(
                        listing(base(1), RevocationReason.CERTIFICATE_HOLD),
                        listing(delta(2, 1), RevocationReason.KEY_COMPROMISE))
                .isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void deltaContinuesAnyListSinceItsBase() {
        judge(base(3), listing(delta(5, 1), RevocationReason.SUPERSEDED)).isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void deltaToLaterBaseDoesNotContinueAnEarlierOne() {
        CrlForge stale = base(1).nextUpdate(TestPki.NOW.minusSeconds(1));
        judge(stale, delta(3, 2)).isRefusedFor(PathFailure.CRL_STALE, 0);
    }

    @Test
    void deltaNotNewerThanTheBaseChangesNothing() {
        CrlForge held = listing(base(2), RevocationReason.CERTIFICATE_HOLD);
        judge(held, listing(delta(2, 1), RevocationReason.REMOVE_FROM_CRL)).isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void freshDeltaMakesOldBaseFresh() {
        CrlForge stale = base(1).nextUpdate(TestPki.NOW.minusSeconds(1));
        judge(stale).isRefusedFor(PathFailure.CRL_STALE, 0);
        judge(stale, delta(2, 1)).isAccepted();
    }

    @Test
    void newestDeltaCounts() {
        CrlForge held = listing(base(1), RevocationReason.CERTIFICATE_HOLD);
        CrlForge released = listing(delta(2, 1), RevocationReason.REMOVE_FROM_CRL);
        judge(held, released, listing(delta(3, 1), RevocationReason.KEY_COMPROMISE))
                .isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void deltaOfAnotherScopeDoesNotCount() {
        CrlForge held = listing(base(1), RevocationReason.CERTIFICATE_HOLD);
        judge(held, listing(delta(2, 1), RevocationReason.REMOVE_FROM_CRL).forUsers())
                .isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void deltaThatNamesAnotherKeyDoesNotCount() {
        CrlForge held = listing(base(1), RevocationReason.CERTIFICATE_HOLD);
        judge(held, listing(delta(2, 1), RevocationReason.REMOVE_FROM_CRL).keyIdentifier(new byte[20]))
                .isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void deltaSignedByAnotherKeyDoesNotCount() {
        CrlForge held = listing(base(1), RevocationReason.CERTIFICATE_HOLD);
        CrlForge forged = CrlForge.of(issuing.certificate(), TestKeys.ec("forger"))
                .number(2)
                .deltaTo(1);
        judge(held, listing(forged, RevocationReason.REMOVE_FROM_CRL)).isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void deltaFromTheFutureDoesNotCount() {
        CrlForge held = listing(base(1), RevocationReason.CERTIFICATE_HOLD);
        CrlForge future = delta(2, 1).thisUpdate(TestPki.NOW.plus(Duration.ofMinutes(6)));
        judge(held, listing(future, RevocationReason.REMOVE_FROM_CRL)).isRefusedFor(PathFailure.REVOKED, 0);
    }

    private CrlForge base(long number) {
        return CrlForge.of(issuing.certificate(), issuing.key()).number(number);
    }

    private CrlForge delta(long number, long base) {
        return base(number).deltaTo(base);
    }

    private CrlForge listing(CrlForge list, RevocationReason reason) {
        return list.entry(leaf.certificate(), reason);
    }

    private PathAssert judge(CrlForge... lists) {
        List<CrlForge> all = Stream.concat(Stream.of(CrlForge.of(root.certificate(), root.key())), Arrays.stream(lists))
                .toList();
        return validating(
                root,
                request(leaf, issuing)
                        .revocation(new Revocation.Required(
                                CrlSet.unverified(
                                        all.stream().map(CrlForge::crl).toList()),
                                Duration.ZERO)));
    }
}
