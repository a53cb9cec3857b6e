package org.chancery.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chancery.server.config.ConnectionBounds;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress THERE = InetAddress.ofLiteral("127.0.0.2");

    private final ConnectionLimits limits = new ConnectionLimits(new ConnectionBounds(2, 2, Duration.ofSeconds(1)));

    @Test
    void boundsEachSourceByItself() {
        assertThat(limits.enter(HERE)).isTrue();
        assertThat(limits.enter(HERE)).isTrue();
        assertThat(limits.enter(HERE)).isFalse();
        assertThat(limits.enter(THERE)).isTrue();
        limits.leave(HERE);
        assertThat(limits.enter(HERE)).isTrue();
    }

    @Test
    void makesNewcomersWaitBeyondTheTotal() throws Exception {
        limits.awaitPermit();
        limits.awaitPermit();
        CountDownLatch permitted = new CountDownLatch(1);
        Thread newcomer = Thread.ofVirtual().start(() -> {
            try {
                limits.awaitPermit();
                permitted.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(permitted.await(50, TimeUnit.MILLISECONDS)).isFalse();
        limits.release();
        assertThat(permitted.await(10, TimeUnit.SECONDS)).isTrue();
        newcomer.join();
    }
}
