package org.chancery.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ControlCodecTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");
    private static final DeviceId DEVICE = new DeviceId("ab".repeat(32));
    private static final Address ALICE = new Address("alice@lab.example");

    static List<ControlRequest> requests() {
        return List.of(
                new ControlRequest.Status(),
                new ControlRequest.Sessions(),
                new ControlRequest.Disconnect(new DevicePrefix("0123abcd")),
                new ControlRequest.Backup(Path.of("/somewhere/ü"), true));
    }

    static List<ControlAnswer> answers() {
        RelayStatus status = new RelayStatus(
                "127.0.0.1:1",
                7,
                NOW,
                Optional.of("draining"),
                3,
                4,
                "incarnation",
                5,
                -1,
                NOW,
                List.of(new RelayStatus.CrlView("CN=x", NOW, NOW.plusSeconds(1))));
        return List.of(
                new ControlAnswer.Status(status),
                new ControlAnswer.Sessions(
                        List.of(new SessionView(ALICE, DEVICE, "::1", NOW, true, 9, NOW.plusSeconds(2)))),
                new ControlAnswer.Disconnected(ALICE, DEVICE, 2),
                new ControlAnswer.BackedUp(1L << 40),
                new ControlAnswer.Refused(ControlRefusal.AMBIGUOUS, "which?"));
    }

    private static byte[] octets(ControlRequest request) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        ControlCodec.writeRequest(new DataOutputStream(octets), request);
        return octets.toByteArray();
    }

    private static byte[] octets(ControlAnswer answer) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        ControlCodec.writeAnswer(new DataOutputStream(octets), answer);
        return octets.toByteArray();
    }

    private static DataInputStream in(byte[] octets) {
        return new DataInputStream(new ByteArrayInputStream(octets));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void readsTheRequestThatWasWritten(ControlRequest request) throws Exception {
        assertThat(ControlCodec.readRequest(in(octets(request)))).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void readsTheAnswerThatWasWritten(ControlAnswer answer) throws Exception {
        assertThat(ControlCodec.readAnswer(in(octets(answer)))).isEqualTo(answer);
    }

    /// Whatever arrives is read, or refused with an IOException and nothing else.
    @Test
    void refusesEverythingElseInOneWay() throws Exception {
        Random random = new Random(4);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            ControlRequest one = requests().get(i % requests().size());
            byte[] octets = octets(one);
            octets[random.nextInt(octets.length)] ^= (byte) (1 + random.nextInt(255));
            try {
                assertThat(ControlCodec.readRequest(in(octets))).isNotNull();
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ControlCodec.readRequest(in(new byte[] {2, 1})));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ControlCodec.readAnswer(in(new byte[] {1, 2, 127, 0, 0, 0})))
                .withMessageContaining("at most 1000000");
    }

    @Test
    void namesADeviceByItsBeginning() {
        DeviceId other = new DeviceId("ab".repeat(31) + "cd");
        assertThat(DevicePrefix.parse("ABABABAB").refusalAmong(List.of(DEVICE, DEVICE)))
                .isEmpty();
        assertThat(DevicePrefix.parse(other.hex()).refusalAmong(List.of(DEVICE, other)))
                .isEmpty();
        assertThat(refusal("abababab", DEVICE, other)).isEqualTo(ControlRefusal.AMBIGUOUS);
        assertThat(refusal("cdcdcdcd", DEVICE, other)).isEqualTo(ControlRefusal.NOT_HERE);
        assertThatIllegalArgumentException().isThrownBy(() -> DevicePrefix.parse("abababa"));
    }

    private static ControlRefusal refusal(String prefix, DeviceId... devices) {
        return DevicePrefix.parse(prefix)
                .refusalAmong(List.of(devices))
                .orElseThrow()
                .refusal();
    }
}
