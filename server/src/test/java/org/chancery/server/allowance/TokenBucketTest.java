package org.chancery.server.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.chancery.server.config.Rate;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;

    private static final long START = 17;

    private final TokenBucket bucket = new TokenBucket(new Rate(10, 3), START);

    @Test
    void grantsTheBurstAtOnceAndTheRateAfterwards() {
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(1, START)).isEmpty();
        }
        assertThat(bucket.take(1, START)).contains(Duration.ofMillis(100));
        assertThat(bucket.take(1, START + SECOND / 20)).contains(Duration.ofMillis(50));
        assertThat(bucket.take(1, START + SECOND / 10)).isEmpty();
        assertThat(bucket.take(1, START + SECOND / 10)).contains(Duration.ofMillis(100));
    }

    @Test
    void holdsNoMoreThanTheBurst() {
        long later = START + 100 * SECOND;
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(1, later)).isEmpty();
        }
        assertThat(bucket.take(1, later)).isPresent();
    }

    @Test
    void grantsWhatIsLargerThanTheBurstAndHasItPaidBack() {
        assertThat(bucket.take(13, START)).as("else it never could be").isEmpty();
        assertThat(bucket.take(1, START)).contains(Duration.ofMillis(1100));
        assertThat(bucket.take(1, START + 2 * SECOND)).isEmpty();
    }

    @Test
    void chargesWhatHasHappenedAndSaysHowLongToWait() {
        assertThat(bucket.charge(2, START)).isZero();
        assertThat(bucket.charge(2, START)).isEqualTo(Duration.ofMillis(100));
        assertThat(bucket.charge(1, START)).isEqualTo(Duration.ofMillis(200));
        assertThat(bucket.charge(1, START + SECOND)).isZero();
    }

    @Test
    void isFullAgainInTime() {
        assertThat(bucket.isFull(START)).isTrue();
        bucket.charge(1, START);
        assertThat(bucket.isFull(START)).isFalse();
        assertThat(bucket.isFull(START + SECOND / 10)).isTrue();
    }
}
