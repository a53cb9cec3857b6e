package org.chancery.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeadlineTest {

    private final CountDownLatch closed = new CountDownLatch(1);

    @Test
    void closesWhatTakesTooLong() throws Exception {
        try (Deadline deadline = Deadline.in(Duration.ofMillis(10), closed::countDown)) {
            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(deadline).isNotNull();
        }
    }

    @Test
    void leavesAloneWhatIsOverInTime() throws Exception {
        Deadline.in(Duration.ofMillis(300), closed::countDown).close();
        assertThat(closed.await(600, TimeUnit.MILLISECONDS)).isFalse();
    }
}
