package org.chancery.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.chancery.server.allowance.Source;
import org.chancery.server.config.ConnectionBounds;
import org.chancery.server.config.Rate;
import org.chancery.server.listen.ConnectionLimits.Entry;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {

    private static final Source HERE = Source.of(InetAddress.ofLiteral("127.0.0.1"));
    private static final Source THERE = Source.of(InetAddress.ofLiteral("127.0.0.2"));

    private final ConnectionLimits limits =
            new ConnectionLimits(new ConnectionBounds(3, 2, 8, Duration.ofSeconds(1), new Rate(5, 50)));

    @Test
    void boundsEachSourceByItself() {
        assertThat(limits.enter(HERE)).isEqualTo(Entry.GRANTED);
        assertThat(limits.enter(HERE)).isEqualTo(Entry.GRANTED);
        assertThat(limits.enter(HERE)).isEqualTo(Entry.TOO_MANY_OF_SOURCE);
        assertThat(limits.enter(THERE)).isEqualTo(Entry.GRANTED);
        limits.leave(HERE);
        assertThat(limits.enter(HERE)).isEqualTo(Entry.GRANTED);
    }

    @Test
    void boundsAllTogether() {
        assertThat(limits.enter(HERE)).isEqualTo(Entry.GRANTED);
        assertThat(limits.enter(HERE)).isEqualTo(Entry.GRANTED);
        assertThat(limits.enter(THERE)).isEqualTo(Entry.GRANTED);
        assertThat(limits.enter(THERE)).isEqualTo(Entry.TOO_MANY);
        limits.leave(HERE);
        assertThat(limits.enter(THERE)).isEqualTo(Entry.GRANTED);
    }
}
