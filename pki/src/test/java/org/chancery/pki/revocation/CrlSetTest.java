package org.chancery.pki.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.chancery.pki.testing.CrlForge;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;

class CrlSetTest {
    private static final TestPki PKI = TestPki.create();
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Crl FIRST = PKI.issuing().crl(1, PKI.now(), WEEK, List.of());
    private static final Crl SECOND = PKI.issuing().crl(2, PKI.now(), WEEK, List.of());
    private static final Crl SECOND_LATER = PKI.issuing().crl(2, PKI.now().plusSeconds(1), WEEK, List.of());
    private static final Crl OF_ROOT = PKI.root().crl(9, PKI.now(), WEEK, List.of());

    @Test
    void keepsTheHighestNumberOfEachIssuer() {
        CrlSet set = CrlSet.of(List.of(SECOND, FIRST, OF_ROOT));

        assertThat(set.newest(FIRST.issuer())).contains(SECOND);
        assertThat(set.newest(OF_ROOT.issuer())).contains(OF_ROOT);
        assertThat(set.crls()).containsExactly(SECOND, OF_ROOT);
        assertThat(set.highestNumber()).isEqualTo(9);
    }

    @Test
    void ofOneNumberKeepsTheLaterMade() {
        assertThat(CrlSet.of(List.of(SECOND_LATER, SECOND)).crls()).containsExactly(SECOND_LATER);
        assertThat(CrlSet.of(List.of(SECOND, SECOND_LATER)).crls()).containsExactly(SECOND_LATER);
    }

    @Test
    void newsIsWhatMergingWouldTake() {
        CrlSet set = CrlSet.of(List.of(SECOND));

        assertThat(set.isNews(SECOND_LATER)).isTrue();
        assertThat(set.isNews(SECOND)).isFalse();
        assertThat(set.isNews(FIRST)).isFalse();
        assertThat(set.isNews(OF_ROOT)).isTrue();
    }

    @Test
    @Defends(Threat.REVOCATION_ROLLED_BACK)
    void mergingNeverGoesBack() {
        CrlSet older = CrlSet.of(List.of(FIRST, OF_ROOT));
        CrlSet newer = CrlSet.of(List.of(SECOND));

        assertThat(older.merge(newer).crls()).containsExactly(SECOND, OF_ROOT);
        assertThat(newer.merge(older).crls()).containsExactly(SECOND, OF_ROOT);
        assertThat(older.newest(FIRST.issuer()))
                .as("a snapshot does not change")
                .contains(FIRST);
    }

    @Test
    void nothingIsKnownToTheEmptySet() {
        assertThat(CrlSet.EMPTY.newest(FIRST.issuer())).isEmpty();
        assertThat(CrlSet.EMPTY.highestNumber()).isZero();
    }

    @Test
    void aForgedListDoesNotHideTheTrueOne() {
        Crl forged = TestPki.allRsa().issuing().crl(1000, PKI.now(), WEEK, List.of());
        CrlSet set = CrlSet.verifiedBy(
                List.of(PKI.issuing().certificate(), PKI.root().certificate()), List.of(FIRST, forged));

        assertThat(forged.issuer()).isEqualTo(FIRST.issuer());
        assertThat(set.crls()).containsExactly(FIRST);
    }

    @Test
    void listsOfOneIssuerAndDifferentScopeStandBesideEachOther() {
        Crl users = forge().number(5).forUsers().crl();
        Crl delta = forge().number(3).deltaTo(2).crl();
        CrlSet set = CrlSet.of(List.of(users, delta, SECOND));

        assertThat(set.of(SECOND.issuer())).containsExactly(users, delta, SECOND);
        assertThat(set.newest(SECOND.issuer())).contains(SECOND);
        assertThat(set.isNews(forge().number(4).forUsers().crl())).isFalse();
        assertThat(set.isNews(forge().number(6).forUsers().crl())).isTrue();
    }

    @Test
    void authoritiesOfOneNameStandBesideEachOther() {
        Crl namesake = TestPki.allRsa().issuing().crl(1000, PKI.now(), WEEK, List.of());
        CrlSet set = CrlSet.of(List.of(FIRST)).merge(CrlSet.of(List.of(namesake)));

        assertThat(set.of(FIRST.issuer())).containsExactly(namesake, FIRST);
        assertThat(set.isNews(SECOND)).isTrue();
        assertThat(set.merge(CrlSet.of(List.of(SECOND))).of(FIRST.issuer())).containsExactly(namesake, SECOND);
    }

    @Test
    void unverifiedListsHideNone() {
        assertThat(CrlSet.unverified(List.of(FIRST, SECOND)).of(FIRST.issuer())).containsExactly(SECOND, FIRST);
    }

    private static CrlForge forge() {
        return CrlForge.of(PKI.issuing().certificate(), PKI.issuing().key());
    }
}
