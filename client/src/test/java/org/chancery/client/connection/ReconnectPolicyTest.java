package org.chancery.client.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
    private static final ReconnectPolicy POLICY = new ReconnectPolicy(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final Random random = new Random(20261122);

    @Test
    void drawsEveryWaitBetweenZeroAndABoundThatDoubles() {
        for (int failures = 1; failures <= 6; failures++) {
            Duration bound = Duration.ofMillis(500L << (failures - 1));
            Duration longest = longestOfMany(failures);
            assertThat(longest)
                    .isLessThanOrEqualTo(bound)
                    .isGreaterThan(bound.multipliedBy(9).dividedBy(10));
        }
    }

    @Test
    void neverWaitsLongerThanTheMost() {
        assertThat(longestOfMany(7)).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(30));
        assertThat(longestOfMany(Integer.MAX_VALUE)).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(30));
    }

    @Test
    void spreadsOverTheWholeIntervalAndNotAroundItsEnd() {
        long early = random.ints(1000, 0, 1)
                .mapToObj(_ -> POLICY.waitAfter(7, Optional.empty(), random))
                .filter(wait -> wait.compareTo(Duration.ofSeconds(10)) < 0)
                .count();
        assertThat(early).isBetween(250L, 420L); // a third of the interval
    }

    @Test
    void onlyASessionThatLastedSetsTheCountBack() {
        assertThat(POLICY.failuresAfter(7, Duration.ofSeconds(30))).isEqualTo(8);
        assertThat(POLICY.failuresAfter(7, Duration.ofSeconds(31))).isEqualTo(1);
    }

    @Test
    void staysAwayAsLongAsTheRelayAsks() {
        for (int i = 0; i < 100; i++) {
            Duration wait = POLICY.waitAfter(1, Optional.of(Duration.ofSeconds(5)), random);
            assertThat(wait).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5500));
        }
    }

    @Test
    void refusesAWaitThatIsNone() {
        assertThatThrownBy(() -> new ReconnectPolicy(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> POLICY.waitAfter(0, Optional.empty(), random))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Duration longestOfMany(int failures) {
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 500; i++) {
            Duration wait = POLICY.waitAfter(failures, Optional.empty(), random);
            longest = wait.compareTo(longest) > 0 ? wait : longest;
        }
        return longest;
    }
}
