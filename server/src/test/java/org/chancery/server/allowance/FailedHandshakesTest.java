package org.chancery.server.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.chancery.server.config.Rate;
import org.junit.jupiter.api.Test;

final class FailedHandshakesTest {

    private static final Source ONE = Source.of(InetAddress.ofLiteral("192.0.2.1"));
    private static final Source OTHER = Source.of(InetAddress.ofLiteral("192.0.2.2"));
    /// So slow that nothing comes back while a test lasts.
    private static final double SLOW = 1e-9;

    private final FailedHandshakes failed = new FailedHandshakes(new Rate(SLOW, 3));

    @Test
    @Defends(Threat.HANDSHAKES_THAT_FAIL)
    void allowsUntilTooManyHaveFailedFromTheAddress() {
        for (int i = 0; i < 3; i++) {
            assertThat(failed.allows(ONE)).isTrue();
            failed.failed(ONE);
        }
        assertThat(failed.allows(ONE)).isFalse();
        assertThat(failed.allows(OTHER)).isTrue();
    }

    @Test
    void remembersWhoIsStillInDebt() {
        for (int i = 0; i < 3; i++) {
            failed.failed(ONE);
        }
        failed.forgetUntouched();
        assertThat(failed.allows(ONE)).isFalse();
    }

    /// Hundreds may be under way when the first of them fails: that is no reason to close the door for hours.
    @Test
    void isInDebtForOneAtMost() {
        FailedHandshakes quick = new FailedHandshakes(new Rate(1e9, 1));
        for (int i = 0; i < 1_000; i++) {
            failed.failed(ONE);
            quick.failed(ONE);
        }
        while (!quick.allows(ONE)) {
            Thread.onSpinWait(); // a nanosecond later one is there again
        }
        assertThat(failed.allows(ONE)).isFalse();
    }
}
