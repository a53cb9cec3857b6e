package org.chancery.server.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.testing.TestPki;
import org.chancery.server.testing.CrlServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class CrlUrlTest {

    private static final String OLD = "Sun, 22 Nov 2026 09:00:00 GMT";

    private final TestPki pki = TestPki.create();
    private final byte[] crl = pki.crls().crls().getFirst().der();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CrlUrl.CONNECT)
            .build();
    private CrlServer server;
    private CrlUrl url;

    @BeforeEach
    void serve() throws IOException {
        server = CrlServer.start();
        url = new CrlUrl(http, server.uri());
    }

    @AfterEach
    void stop() {
        server.close();
        http.shutdownNow();
    }

    @Test
    void asksByTheTagOfWhatItHas() throws Exception {
        server.show(crl, "\"one\"");
        assertThat(octets(url.changed())).containsExactly(crl);
        assertThat(url.changed()).isEmpty();
        server.show(
                pki.revoke(pki.client("a@lab.example").chain().leaf())
                        .crls()
                        .getFirst()
                        .der(),
                "\"two\"");
        assertThat(url.changed()).isPresent();
        assertThat(server.asked()).containsExactly("-", "\"one\"", "\"one\"");
    }

    @Test
    void asksByTheTimeOfWhatHasNoTag() throws Exception {
        server.answer(exchange -> {
            exchange.getResponseHeaders().set("Last-Modified", OLD);
            exchange.sendResponseHeaders(200, crl.length);
            exchange.getResponseBody().write(crl);
        });
        url.changed();
        assertThat(url.changed()).as("the same again").isEmpty();
        assertThat(server.asked()).containsExactly("-", OLD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 22 Nov 2026 09:00:02 GMT | If-Modified-Since",
                "Sun, 22 Nov 2026 09:00:01 GMT | ''",
                "yesterday                     | ''"
            })
    void aTimeCountsOnceItHasSettled(String given, String asksBy) {
        HttpHeaders answer =
                HttpHeaders.of(Map.of("Last-Modified", List.of(OLD), "Date", List.of(given)), (name, value) -> true);
        assertThat(Validator.of(answer).field()).isEqualTo(asksBy);
    }

    @Test
    void followsNoRedirect() throws Exception {
        try (CrlServer elsewhere = CrlServer.start()) {
            elsewhere.show(crl, "\"one\"");
            server.answer(exchange -> {
                exchange.getResponseHeaders().set("Location", elsewhere.uri().toString());
                exchange.sendResponseHeaders(302, -1);
            });
            assertThatThrownBy(url::changed).isInstanceOf(IOException.class).hasMessageContaining("302");
            assertThat(elsewhere.asked()).isEmpty();
        }
    }

    @Test
    void takesNothingUnchangedThatItNeverHad() {
        server.answer(exchange -> exchange.sendResponseHeaders(304, -1));
        assertThatThrownBy(url::changed).isInstanceOf(IOException.class).hasMessageContaining("304");
    }

    @Test
    void refusesMoreThanACrlHas() {
        server.answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 20];
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i <= Crl.MAX_OCTETS / block.length; i++) {
                    out.write(block);
                }
            }
        });
        assertThatThrownBy(url::changed).isInstanceOf(IOException.class);
    }

    @Test
    void refusesWhatIsNoCrl() {
        server.show(new byte[] {'h', 'i'}, "\"one\"");
        assertThatThrownBy(url::changed).isInstanceOf(MalformedPemException.class);
    }

    /// What is malformed is not what it has, whatever tag it came with.
    @Test
    void asksForEverythingAfterAFailure() throws Exception {
        server.show(new byte[] {'h', 'i'}, "\"one\"");
        assertThatThrownBy(url::changed).isInstanceOf(MalformedPemException.class);
        assertThatThrownBy(url::changed).isInstanceOf(MalformedPemException.class);
        server.show(crl, "\"two\"");
        assertThat(url.changed()).isPresent();
        server.answer(exchange -> exchange.sendResponseHeaders(503, -1));
        assertThatThrownBy(url::changed).isInstanceOf(IOException.class);
        server.show(crl, "\"two\"");
        assertThat(url.changed()).as("the same list, read again").isPresent();
        assertThat(server.asked()).containsExactly("-", "-", "-", "\"two\"", "-");
    }

    @Test
    void givesUpOnWhoeverDribbles() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> dribble(socket));
            CrlUrl slow = new CrlUrl(
                    http, URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/"), Duration.ofMillis(1500));
            long before = System.nanoTime();
            assertThatThrownBy(slow::changed).isInstanceOf(IOException.class).hasMessageContaining("not answer whole");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        }
    }

    /// An octet at a time, without end.
    private static void dribble(ServerSocket listening) {
        try (Socket socket = listening.accept()) {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            while (true) {
                out.write(0);
                out.flush();
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException e) {
            return; // the other side has had enough
        }
    }

    private static List<byte[]> octets(Optional<List<Crl>> crls) {
        return crls.orElseThrow().stream().map(Crl::der).toList();
    }
}
