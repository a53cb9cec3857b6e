package org.chancery.protocol.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.chancery.pki.revocation.CrlFingerprint;
import org.chancery.protocol.frame.AnnouncedCrl;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.ProtocolException;
import org.junit.jupiter.api.Test;

/// The lists here are any octets at all: that they are CRLs is looked at behind the assembly.
class CrlAssemblyTest {

    private static final int STEP = 1000;

    private final byte[] one = octets(1, 5500);
    private final byte[] other = octets(2, 300_000);
    private final CrlAssembly assembly = new CrlAssembly(List.of());

    private static byte[] octets(int seed, int length) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }

    private static Frame.CrlsAnnounced announced(byte[]... lists) {
        return new Frame.CrlsAnnounced(Stream.of(lists)
                .map(list -> new AnnouncedCrl(CrlFingerprint.of(list), list.length))
                .toList());
    }

    private static Frame.CrlPart part(byte[] list, int offset) {
        int count = Math.min(STEP, list.length - offset);
        return new Frame.CrlPart(CrlFingerprint.of(list), offset, ByteBuffer.wrap(list, offset, count));
    }

    private Optional<byte[]> all(byte[] list, int from) throws ProtocolException {
        for (int offset = from; offset + STEP < list.length; offset += STEP) {
            assertThat(assembly.part(part(list, offset))).isEmpty();
        }
        return assembly.part(part(list, (list.length - 1) / STEP * STEP));
    }

    private void refuses(Frame.CrlPart part, String why) {
        assertThatThrownBy(() -> assembly.part(part))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.failure()).isEqualTo(ProtocolError.MALFORMED_FRAME));
    }

    @Test
    void putsListsTogetherOneAfterTheOther() throws Exception {
        assembly.announced(announced(one, other));
        assertThat(assembly.isComplete()).isFalse();
        assertThat(all(other, 0)).hasValue(other);
        assertThat(assembly.isComplete()).isFalse();
        assertThat(all(one, 0)).hasValue(one);
        assertThat(assembly.isComplete()).isTrue();
    }

    @Test
    void needsNothingWhereNothingIsAnnounced() {
        assembly.announced(announced());
        assertThat(assembly.isComplete()).isTrue();
    }

    @Test
    void wantsOnlyWhatIsNotHeld() throws Exception {
        CrlAssembly holding = new CrlAssembly(List.of(CrlFingerprint.of(one)));
        holding.announced(announced(one));
        assertThat(holding.isComplete()).isTrue();
        holding.announced(announced(one, other));
        assertThat(holding.isComplete()).isFalse();
        assertThatThrownBy(() -> holding.part(part(one, 0))).hasMessageContaining("held already");
    }

    @Test
    void refusesWhatWasNotAnnounced() {
        refuses(part(one, 0), "not announced");
        assembly.announced(announced(other));
        refuses(part(one, 0), "not announced");
    }

    @Test
    void refusesAListTwice() throws Exception {
        assembly.announced(announced(one));
        all(one, 0);
        refuses(part(one, 0), "held already");
    }

    @Test
    void refusesPartsOutOfOrder() throws Exception {
        assembly.announced(announced(one));
        refuses(part(one, STEP), "must be at 0");
        assembly.part(part(one, 0));
        refuses(part(one, 0), "must be at 1000");
        refuses(part(one, 2 * STEP), "must be at 1000");
    }

    @Test
    void refusesTwoListsAtATime() throws Exception {
        assembly.announced(announced(one, other));
        assembly.part(part(one, 0));
        refuses(part(other, 0), "before the end of another");
    }

    @Test
    void refusesMoreThanWasAnnounced() throws Exception {
        CrlFingerprint fingerprint = CrlFingerprint.of(one);
        assembly.announced(new Frame.CrlsAnnounced(List.of(new AnnouncedCrl(fingerprint, STEP + 1))));
        assembly.part(part(one, 0));
        refuses(part(one, STEP), "longer than the 1001 octets");
    }

    @Test
    void refusesAnotherListThanTheOneAnnounced() throws Exception {
        byte[] changed = one.clone();
        changed[one.length - 1] ^= 1;
        assembly.announced(announced(one));
        for (int offset = 0; offset + STEP < one.length; offset += STEP) {
            assembly.part(part(one, offset));
        }
        int last = (one.length - 1) / STEP * STEP;
        refuses(
                new Frame.CrlPart(
                        CrlFingerprint.of(one),
                        last,
                        ByteBuffer.wrap(Arrays.copyOfRange(changed, last, changed.length))),
                "another than the one announced");
    }

    @Test
    void goesOnWithAListThatIsAnnouncedAgainWhileItComes() throws Exception {
        assembly.announced(announced(one));
        assembly.part(part(one, 0));
        assembly.announced(announced(other, one));
        assertThat(all(one, STEP)).hasValue(one);
        assertThat(all(other, 0)).hasValue(other);
    }

    @Test
    void letsGoOfAListThatIsOvertaken() throws Exception {
        assembly.announced(announced(one));
        assembly.part(part(one, 0));
        assembly.announced(announced(other));
        refuses(part(one, STEP), "not announced");
        assertThat(all(other, 0)).hasValue(other);
        assertThat(assembly.isComplete()).isTrue();
    }

    /// So that what is remembered stays as small as an announcement.
    @Test
    void forgetsWhatIsNamedNoLonger() throws Exception {
        assembly.announced(announced(one));
        all(one, 0);
        assembly.announced(announced());
        assembly.announced(announced(one));
        assertThat(assembly.isComplete()).isFalse();
        assertThat(all(one, 0)).hasValue(one);
    }

    /// A length alone makes nobody allocate.
    @Test
    void takesMemoryAsOctetsArrive() throws Exception {
        CrlFingerprint fingerprint = CrlFingerprint.of(one);
        assembly.announced(new Frame.CrlsAnnounced(List.of(new AnnouncedCrl(fingerprint, 16 << 20))));
        long before = allocated();
        assembly.part(part(one, 0));
        assertThat(allocated() - before).isLessThan(1 << 20);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
