package org.chancery.server.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Test;

class GroundsTest {

    private static final Duration LIFE = Duration.ofDays(7);

    private final TestPki pki = TestPki.create();
    private final X500Principal root = pki.root().certificate().getSubjectX500Principal();
    private final X500Principal issuing = pki.issuing().certificate().getSubjectX500Principal();

    private List<X500Principal> needed(List<RevokedCertificate> byTheRoot, Instant now) {
        CrlSet crls = CrlSet.of(List.of(
                pki.root().crl(1, pki.now(), LIFE, byTheRoot), pki.issuing().crl(1, pki.now(), LIFE, List.of())));
        Grounds grounds = new Grounds(
                pki.trustAnchors(),
                List.of(pki.root().certificate(), pki.issuing().certificate()),
                crls,
                crls);
        return grounds.needed(now).crls().stream().map(Crl::issuer).toList();
    }

    @Test
    void everyLivingAuthoritysListIsNeededFreshOrNot() {
        assertThat(needed(List.of(), pki.now().plus(Duration.ofDays(100)))).containsExactlyInAnyOrder(root, issuing);
    }

    @Test
    void nobodyNeedsTheListOfAnAuthorityThatHasEnded() {
        Instant end = pki.issuing().certificate().getNotAfter().toInstant();
        assertThat(needed(List.of(), end)).as("its last second").contains(issuing);
        assertThat(needed(List.of(), end.plusSeconds(1))).containsExactly(root);
    }

    @Test
    void nobodyNeedsTheListOfAnAuthorityThatIsRevoked() {
        RevokedCertificate revoked = new RevokedCertificate(
                SerialNumber.of(pki.issuing().certificate()), pki.now(), RevocationReason.SUPERSEDED, Optional.empty());
        assertThat(needed(List.of(revoked), pki.now())).containsExactly(root);
    }
}
