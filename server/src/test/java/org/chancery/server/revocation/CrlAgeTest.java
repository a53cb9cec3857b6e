package org.chancery.server.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrlAgeTest {

    private static final Duration LIFE = Duration.ofDays(7);
    private static final Duration GRACE = Duration.ofHours(24);

    private final Crl crl = TestPki.create().crls().crls().getFirst();

    /// Each a second before it begins, and when it has begun.
    @ParameterizedTest
    @CsvSource({"50,FRESH,HALF", "75,HALF,THREE_QUARTERS", "90,THREE_QUARTERS,NINE_TENTHS"})
    void growsByShares(int percent, CrlAge before, CrlAge from) {
        Instant begin = crl.thisUpdate().plus(LIFE.multipliedBy(percent).dividedBy(100));
        assertThat(CrlAge.of(crl, GRACE, begin.minusSeconds(1))).isEqualTo(before);
        assertThat(CrlAge.of(crl, GRACE, begin)).isEqualTo(from);
    }

    @ParameterizedTest
    @CsvSource({"0,NINE_TENTHS", "1,OVERDUE", "86400,OVERDUE", "86401,STALE"})
    void countsForTheGraceAfterNextUpdate(int seconds, CrlAge age) {
        assertThat(CrlAge.of(crl, GRACE, crl.nextUpdate().plusSeconds(seconds))).isEqualTo(age);
    }
}
