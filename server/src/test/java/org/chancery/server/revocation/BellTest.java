package org.chancery.server.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BellTest {

    private final Bell bell = new Bell();

    @Test
    void saysSinceWhenTheFirstWaits() throws Exception {
        bell.ring(5);
        bell.ring(3);
        bell.ring(7);
        assertThat(bell.await(Duration.ZERO)).hasValue(3);
        assertThat(bell.await(Duration.ZERO)).as("answered").isEmpty();
        bell.ring(9);
        assertThat(bell.await(Duration.ZERO)).hasValue(9);
    }

    @Test
    void wakesWhoeverWaits() throws Exception {
        Thread.ofVirtual().start(() -> bell.ring(1));
        assertThat(bell.await(Duration.ofSeconds(20))).hasValue(1);
    }
}
