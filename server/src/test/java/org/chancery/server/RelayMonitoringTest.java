package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.server.testing.Answer;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a relay tells whoever watches it.
@Timeout(60)
class RelayMonitoringTest {

    private static final Address BOB = new Address("bob@lab.example");

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final Identity bob = pki.client(BOB.value());

    @TempDir
    private Path directory;

    /// The tables of `docs/operations.md` name every metric with its type, and no other.
    @Test
    void documentsEveryMetric() throws Exception {
        Map<String, String> documented = new TreeMap<>();
        Matcher row = Pattern.compile("^\\| `(chancery_\\w+)(?:\\{\\w+})?` \\| (\\w+) \\|", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("..", "docs", "operations.md")));
        while (row.find()) {
            documented.put(row.group(1), row.group(2));
        }
        Map<String, String> exposed = new TreeMap<>();
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            relay.ask("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("# TYPE"))
                    .forEach(line -> {
                        List<String> words = List.of(line.split(" ", -1));
                        exposed.put(words.get(2), words.get(3));
                    });
        }
        assertThat(documented).isEqualTo(exposed);
    }

    @Test
    void countsLettersAndRefusals() throws Exception {
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            TestClient reader = relay.greeted(bob);
            TestClient writer = relay.greeted(alice);
            TestClient.Line line = writer.line(BOB, bob);
            line.send("one");
            writer.expect(Frame.Published.class);
            reader.expect(Frame.Deliver.class);
            line.write("never sent");
            line.send("out of order");
            assertThat(writer.expect(Frame.Refused.class).error()).isEqualTo(ProtocolError.COUNTER_OUT_OF_ORDER);

            assertThat(relay.sample("chancery_sessions")).isEqualTo(2);
            assertThat(relay.sample("chancery_connections_accepted_total")).isEqualTo(2);
            assertThat(relay.sample("chancery_letters_appended_total")).isEqualTo(1);
            assertThat(relay.sample("chancery_letters_delivered_total")).isEqualTo(1);
            assertThat(relay.sample("chancery_letters_refused_total{error=\"counter_out_of_order\"}"))
                    .isEqualTo(1);
            assertThat(relay.sample("chancery_requests_refused_total{error=\"counter_out_of_order\"}"))
                    .isZero();
            assertThat(relay.sample("chancery_frames_received_total{kind=\"publish\"}"))
                    .isEqualTo(2);
            assertThat(relay.sample("chancery_commit_seconds_count")).isGreaterThanOrEqualTo(3);
            assertThat(relay.sample("chancery_log_bytes")).isPositive();
            assertThat(relay.sample("chancery_disk_free_bytes")).isPositive();
            assertThat(relay.sample("chancery_certificate_not_after_timestamp_seconds"))
                    .isGreaterThan((double) pki.now().getEpochSecond());
        }
    }

    @Test
    void countsWhoIsNotLetIn() throws Exception {
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            InetSocketAddress address = relay.relay().address();
            try (Socket stranger = new Socket(address.getAddress(), address.getPort())) {
                stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                stranger.getInputStream().readAllBytes();
            }
            relay.publish(pki.revoke(bob.chain().leaf()));
            relay.greeted(alice).expect(Frame.CrlsAnnounced.class);
            awaitRefusal(relay);

            relay.awaitSample("chancery_handshakes_failed_total{failure=\"not_tls\"}", 1);
            assertThat(relay.sample("chancery_connections_refused_total{reason=\"handshake\"}"))
                    .isGreaterThanOrEqualTo(2);
            assertThat(relay.sample("chancery_handshakes_failed_total{failure=\"not_tls\"}"))
                    .isEqualTo(1);
            assertThat(relay.sample("chancery_certificates_refused_total{failure=\"revoked\"}"))
                    .isPositive();
        }
    }

    /// The relay may not have seen the CRL at the first attempt; the next one meets it.
    private void awaitRefusal(TestRelay relay) throws Exception {
        while (relay.sample("chancery_certificates_refused_total{failure=\"revoked\"}") == 0) {
            try (TestClient revoked = relay.connected(bob)) {
                revoked.awaitEnd();
            }
        }
    }

    @Test
    void measuresHowLongTheRevokedStay() throws Exception {
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            TestClient revoked = relay.greeted(bob);
            relay.publish(pki.revoke(bob.chain().leaf()));
            revoked.awaitEnd();
            relay.awaitGuest("-bob@lab.example REVOKED");
            assertThat(relay.sample("chancery_revocation_cutoff_seconds_count")).isEqualTo(1);
            assertThat(relay.sample("chancery_revocation_cutoff_seconds_sum"))
                    .isPositive()
                    .isLessThan(1);
            relay.awaitSample("chancery_sessions_ended_total{end=\"revoked\"}", 1);
            assertThat(relay.sample("chancery_sessions_ended_total{end=\"revoked\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void isNotReadyWithCrlsOutOfDate() throws Exception {
        Instant[] now = {pki.now()};
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        try (TestRelay relay = TestRelay.start(pki, directory, clock)) {
            assertThat(relay.ask("/readyz").body()).isEqualTo("ready\n");
            now[0] = now[0].plus(Duration.ofDays(3650));
            assertThat(relay.ask("/readyz").status()).isEqualTo(503);
            assertThat(relay.ask("/readyz").body()).startsWith("the CRL of CN=").contains("is out of date since");
            assertThat(relay.ask("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void isIllWhenItsDirectoryCannotBeWritten() throws Exception {
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            assertThat(relay.ask("/healthz").body()).isEqualTo("ok\n");
            assertThat(relay.data().resolve("health.probe")).doesNotExist();
            Files.createDirectory(relay.data().resolve("health.probe")); // no file takes a directory's name
            Answer ill = relay.ask("/healthz");
            assertThat(ill.status()).isEqualTo(503);
            assertThat(ill.body()).startsWith("the data directory cannot be written");
        }
    }
}
