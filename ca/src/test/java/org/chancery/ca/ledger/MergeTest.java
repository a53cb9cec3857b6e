package org.chancery.ca.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.ledger.RevocationOrder.Scope;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A copy of the ledger, put back, learns from the newest CRL what happened since it was made.
class MergeTest {
    private static final Clock CLOCK = Clock.fixed(Sample.NOW, ZoneOffset.UTC);
    /// Beyond the time, as of an authority that published often.
    private static final long NUMBER = Sample.NOW.getEpochSecond() + 5000;

    @TempDir
    Path original;

    @TempDir
    Path restored;

    private Ledger ledger;

    @BeforeEach
    void putBackACopy() throws Exception {
        try (Ledger ledger = Ledger.create(original.resolve("ledger.db"), CLOCK)) {
            Sample.alice(1, "laptop").issue(ledger);
            Sample.alice(2, "phone").intend(ledger);
            ledger.copyTo(restored.resolve("ledger.db"));
        }
        ledger = Ledger.open(restored.resolve("ledger.db"), CLOCK);
        ledger.renewHead("restored");
    }

    @AfterEach
    void close() throws Exception {
        ledger.close();
    }

    @Test
    void theCopyIsReadableByItsOwnerAloneAndWhole() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(restored.resolve("ledger.db"))))
                .isEqualTo("rw-------");
        assertThat(ledger.entries()).hasSize(2);
        assertThat(ledger.audit().findings()).isEmpty();
    }

    @Test
    void aCopyIsWrittenOverNothing() throws Exception {
        Path there = Files.writeString(restored.resolve("there"), "before");

        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> ledger.copyTo(there));
        assertThat(there).hasContent("before");
    }

    @Test
    @Defends(Threat.RESTORED_TO_THE_PAST)
    void takesOverRevocationsOfCertificatesItKnowsAndOfThoseItDoesNot() throws Exception {
        List<RevokedCertificate> news = ledger.merge(Sample.ISSUER, crl(revoked(1), revoked(3)));

        assertThat(news).containsExactlyInAnyOrder(revoked(1), revoked(3));
        assertThat(ledger.find(Sample.serial(1)).orElseThrow()).isInstanceOf(LedgerEntry.Revoked.class);
        assertThat(ledger.drawCrl(Sample.ISSUER).revoked()).containsExactlyInAnyOrder(revoked(1), revoked(3));
        assertThat(ledger.audit().findings()).isEmpty();
    }

    @Test
    @Defends(Threat.RESTORED_TO_THE_PAST)
    void drawsNoNumberThatIsOut() throws Exception {
        ledger.merge(Sample.ISSUER, crl());

        assertThat(ledger.drawCrl(Sample.ISSUER).number()).isEqualTo(BigInteger.valueOf(NUMBER + 1));
    }

    @Test
    @Defends(Threat.SERIAL_GUESSED_OR_REPEATED)
    void issuesNoSerialThatWasRevokedBeforeItWasPutBackNorOneThatWasIntended() throws Exception {
        ledger.merge(Sample.ISSUER, crl(revoked(3)));

        for (int serial : new int[] {2, 3}) {
            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> Sample.alice(serial, "tablet").intend(ledger))
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(LedgerFailure.CONTRADICTION));
        }
    }

    @Test
    void takesOverNothingTwice() throws Exception {
        ledger.merge(Sample.ISSUER, crl(revoked(1)));
        int acts = ledger.acts(100, Instant.EPOCH).size();

        assertThat(ledger.merge(Sample.ISSUER, crl(revoked(1)))).isEmpty();
        assertThat(ledger.acts(100, Instant.EPOCH)).hasSize(acts);
    }

    @Test
    void revokesACopysIntentsWithTheirKey() throws Exception {
        assertThat(ledger.revoke(new RevocationOrder(
                        Sample.serial(2), Scope.KEY, RevocationReason.SUPERSEDED, Sample.NOW, Optional.empty())))
                .hasSize(1);
    }

    private static RevokedCertificate revoked(int serial) {
        return new RevokedCertificate(
                Sample.serial(serial), Sample.NOW, RevocationReason.KEY_COMPROMISE, Optional.empty());
    }

    private static Crl crl(RevokedCertificate... revoked) {
        return TestPki.create().issuing().crl(NUMBER, Sample.NOW, Duration.ofDays(7), List.of(revoked));
    }
}
