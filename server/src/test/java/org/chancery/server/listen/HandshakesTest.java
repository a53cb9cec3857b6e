package org.chancery.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;

class HandshakesTest {

    private static final InetAddress CROWD = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress ALONE = InetAddress.ofLiteral("127.0.0.2");

    private final Handshakes handshakes = new Handshakes(3);

    @Test
    @Defends(Threat.HANDSHAKES_LEFT_OPEN)
    void givesUpTheOldestOfTheBusiestSource() {
        Socket alone = from(ALONE);
        Socket first = from(CROWD);
        Socket second = from(CROWD);
        assertThat(handshakes.begin(alone)).isEmpty();
        assertThat(handshakes.begin(first)).isEmpty();
        assertThat(handshakes.begin(second)).isEmpty();

        assertThat(handshakes.begin(from(CROWD))).containsSame(first);
        assertThat(handshakes.begin(from(CROWD))).containsSame(second);
        assertThat(handshakes.end(first)).as("was given up").isFalse();
        assertThat(handshakes.end(alone)).as("came first and was left alone").isTrue();
    }

    /// Whoever has an address for each connection must not choose who is given up.
    @Test
    @Defends(Threat.HANDSHAKES_LEFT_OPEN)
    void givesUpTheOldestOfAllWhereNobodyHasMore() {
        Socket[] sockets = new Socket[40];
        Handshakes few = new Handshakes(sockets.length);
        for (int i = 0; i < sockets.length; i++) {
            sockets[i] = from(InetAddress.ofLiteral("127.0.1." + (i * 37 + 11) % 256));
            assertThat(few.begin(sockets[i])).isEmpty();
        }
        for (int i = 0; i < sockets.length; i++) {
            assertThat(few.begin(from(InetAddress.ofLiteral("127.0.2." + i)))).containsSame(sockets[i]);
        }
    }

    /// An address may have had a handshake under way all the time, another each moment.
    @Test
    void countsFromTheHandshakeNotFromTheAddress() {
        Socket past = from(CROWD);
        handshakes.begin(past);
        Socket oldest = from(ALONE);
        handshakes.begin(oldest);
        Socket present = from(CROWD);
        handshakes.begin(present);
        handshakes.end(past);
        handshakes.begin(from(InetAddress.ofLiteral("127.0.0.3")));

        assertThat(handshakes.begin(from(InetAddress.ofLiteral("127.0.0.4")))).containsSame(oldest);
    }

    @Test
    void forgetsWhatIsOver() {
        for (int i = 0; i < 10; i++) {
            Socket one = from(CROWD);
            assertThat(handshakes.begin(one)).isEmpty();
            assertThat(handshakes.end(one)).isTrue();
            assertThat(handshakes.end(one)).isFalse();
        }
    }

    private static Socket from(InetAddress source) {
        return new Socket() {
            @Override
            public InetAddress getInetAddress() {
                return source;
            }
        };
    }
}
