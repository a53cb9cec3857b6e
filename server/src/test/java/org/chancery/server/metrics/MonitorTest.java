package org.chancery.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.server.testing.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MonitorTest {

    private static final Duration PATIENCE = Duration.ofMillis(300);

    private volatile Optional<String> ill = Optional.empty();
    private volatile Optional<String> notReady = Optional.empty();
    private final List<Socket> sockets = new ArrayList<>();
    private final Health health = new Health() {
        @Override
        public Optional<String> ill() {
            return ill;
        }

        @Override
        public Optional<String> notReady() {
            return notReady;
        }
    };
    private Monitor monitor;

    @BeforeEach
    void open() throws Exception {
        monitor = Monitor.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new Metrics(), health, PATIENCE);
    }

    @AfterEach
    void close() throws Exception {
        monitor.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Answer ask(String question) throws Exception {
        return Answer.from(monitor.address(), question);
    }

    @Test
    void answersAsPrometheusReadsIt() throws Exception {
        Answer answer = ask("GET /metrics?x=1 HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head())
                .contains("Content-Type: text/plain; version=0.0.4; charset=utf-8")
                .contains("Content-Length: " + answer.body().getBytes(StandardCharsets.UTF_8).length);
        assertThat(answer.body())
                .contains("# TYPE chancery_frames_sent_total counter\n")
                .endsWith("\n");
    }

    @Test
    void saysWhatIsWrongOnOneLine() throws Exception {
        assertThat(ask("GET /healthz HTTP/1.0\n\n").body()).isEqualTo("ok\n");
        assertThat(ask("GET /readyz HTTP/1.0\n\n").body()).isEqualTo("ready\n");
        ill = Optional.of("the disk\r\n\r\nHTTP/1.1 200 OK");
        notReady = Optional.of("draining");
        Answer health = ask("GET /healthz HTTP/1.1\r\n\r\n");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.body().lines()).hasSize(1);
        assertThat(ask("GET /readyz HTTP/1.1\r\n\r\n").status()).isEqualTo(503);
        assertThat(ask("HEAD /readyz HTTP/1.1\r\n\r\n").body()).isEmpty();
    }

    @Test
    void refusesEverythingElse() throws Exception {
        assertThat(ask("GET /other HTTP/1.1\r\n\r\n").status()).isEqualTo(404);
        assertThat(ask("POST /metrics HTTP/1.1\r\n\r\n").head())
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET");
        assertThat(ask("\u0016\u0003\u0001 nonsense\n\n").status()).isEqualTo(400);
        assertThat(ask("GET metrics HTTP/1.1\r\n\r\n").status()).isEqualTo(400);
    }

    @Test
    void listensToNobodyOutsideThisMachine() {
        for (String address : new String[] {"0.0.0.0", "192.0.2.1", "::"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Monitor.open(
                            new InetSocketAddress(InetAddress.ofLiteral(address), 0), new Metrics(), health));
        }
    }

    /// As many of them as are served at a time: who asks afterwards waits until they are cut, and is answered.
    @Test
    void cutsOffWhoeverDawdles() throws Exception {
        for (int i = 0; i < Monitor.MAX_CONNECTIONS; i++) {
            Socket dawdler = new Socket(
                    InetAddress.getLoopbackAddress(), monitor.address().getPort());
            sockets.add(dawdler);
            dawdler.getOutputStream().write("GET /metr".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(ask("GET /healthz HTTP/1.1\r\n\r\n").status()).isEqualTo(200);
        assertThat(sockets.getFirst().getInputStream().read()).isEqualTo(-1);
    }
}
