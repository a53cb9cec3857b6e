package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.chancery.pki.name.Address;
import org.junit.jupiter.api.Test;

class AllowancesTest {
    private static final Address BOB = new Address("bob@lab.example");
    private static final Address CAROL = new Address("carol@lab.example");

    private Instant now = Instant.parse("2026-11-28T04:00:00Z");
    private final Allowances allowances = new Allowances(((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    private int taken(Address asker, int octets) {
        int taken = 0;
        while (taken <= Allowances.MAX_LETTERS && allowances.take(asker, octets)) {
            taken++;
        }
        return taken;
    }

    @Test
    void eachPersonIsGivenSoManyLettersADay() {
        assertThat(taken(BOB, 1)).isEqualTo(Allowances.MAX_LETTERS);
        assertThat(taken(CAROL, 1)).isEqualTo(Allowances.MAX_LETTERS);
        now = now.plus(Duration.ofHours(23));
        assertThat(allowances.take(BOB, 1)).isFalse();
        now = now.plus(Duration.ofHours(1));
        assertThat(taken(BOB, 1)).isEqualTo(Allowances.MAX_LETTERS);
    }

    @Test
    void eachPersonIsGivenSoManyOctetsADay() {
        int each = 200_000;
        assertThat(taken(BOB, each)).isEqualTo((int) (Allowances.MAX_OCTETS / each));
        assertThat(allowances.take(BOB, 1)).as("a short one fits still").isTrue();
    }

    @Test
    void aClockThatIsPutBackBeginsAnew() {
        taken(BOB, 1);
        now = now.minus(Duration.ofDays(40));
        assertThat(allowances.take(BOB, 1)).isTrue();
    }
}
