package org.chancery.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlFingerprint;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolException;
import org.chancery.protocol.revocation.CrlAssembly;
import org.chancery.server.revocation.CrlOffer;
import org.chancery.server.revocation.Grounds;
import org.junit.jupiter.api.Test;

/// What one client is told of CRLs, and how it puts that together.
class CrlHandoutTest {

    private final TestPki pki = TestPki.create();
    private final Crl root = pki.root().crl(1, pki.now(), Duration.ofDays(7), List.of());
    private final Crl first = issued(1, 1000);
    private final Crl second = issued(2, 2000);
    private CrlOffer offer = offer(root, first);

    private Crl issued(long number, int entries) {
        return pki.issuing()
                .crl(
                        number,
                        pki.now(),
                        Duration.ofDays(7),
                        IntStream.rangeClosed(1, entries)
                                .mapToObj(i -> new RevokedCertificate(
                                        new SerialNumber(
                                                BigInteger.ONE.shiftLeft(150).add(BigInteger.valueOf(i))),
                                        pki.now(),
                                        RevocationReason.SUPERSEDED,
                                        Optional.empty()))
                                .toList());
    }

    private CrlOffer offer(Crl... crls) {
        return new Grounds(pki.trustAnchors(), CrlSet.of(List.of(crls))).offer();
    }

    private CrlHandout handout(Crl... held) {
        return new CrlHandout(
                () -> offer, List.of(held).stream().map(Crl::fingerprint).toList());
    }

    /// Takes what comes, as a client does.
    private static List<CrlFingerprint> takeAll(CrlHandout handout, CrlAssembly client) throws ProtocolException {
        List<CrlFingerprint> whole = new ArrayList<>();
        for (Optional<Frame> frame = handout.next(); frame.isPresent(); frame = handout.next()) {
            take(frame.get(), client).map(CrlFingerprint::of).ifPresent(whole::add);
        }
        return whole;
    }

    private static Optional<byte[]> take(Frame frame, CrlAssembly client) throws ProtocolException {
        return switch (frame) {
            case Frame.CrlsAnnounced announced -> {
                client.announced(announced);
                yield Optional.empty();
            }
            case Frame.CrlPart part -> client.part(part);
            default -> throw new AssertionError(frame);
        };
    }

    @Test
    void handsOverWhatTheClientDoesNotHold() throws Exception {
        CrlAssembly client = new CrlAssembly(List.of(root.fingerprint()));
        assertThat(takeAll(handout(root), client)).containsExactly(first.fingerprint());
        assertThat(client.isComplete()).isTrue();
    }

    @Test
    void announcesToAClientThatHoldsEverything() {
        CrlHandout handout = handout(root, first);
        assertThat(handout.next()).containsInstanceOf(Frame.CrlsAnnounced.class);
        assertThat(handout.next()).isEmpty();
    }

    @Test
    void announcesThatThereIsNothing() {
        offer = offer();
        CrlHandout handout = handout();
        assertThat(handout.next()).contains(new Frame.CrlsAnnounced(List.of()));
        assertThat(handout.next()).isEmpty();
    }

    @Test
    void goesOverToAnUpdateWhileTheOldListIsUnderWay() throws Exception {
        CrlHandout handout = handout(root);
        CrlAssembly client = new CrlAssembly(List.of(root.fingerprint()));
        take(handout.next().orElseThrow(), client);
        take(handout.next().orElseThrow(), client);
        offer = offer(root, second);
        assertThat(takeAll(handout, client)).containsExactly(second.fingerprint());
        assertThat(client.isComplete()).isTrue();
    }

    @Test
    void goesOnWithAListWhileAnotherIsRenewed() throws Exception {
        CrlHandout handout = handout();
        CrlAssembly client = new CrlAssembly(List.of());
        take(handout.next().orElseThrow(), client);
        Frame.CrlPart begun = (Frame.CrlPart) handout.next().orElseThrow();
        take(begun, client);
        assertThat(begun.crl()).isEqualTo(first.fingerprint());
        Crl rootRenewed = pki.root().crl(2, pki.now(), Duration.ofDays(7), List.of());
        offer = offer(rootRenewed, first);
        assertThat(takeAll(handout, client)).containsExactly(first.fingerprint(), rootRenewed.fingerprint());
    }

    @Test
    void saysNothingOfGroundsThatDifferInOthers() throws Exception {
        CrlHandout handout = handout();
        takeAll(handout, new CrlAssembly(List.of()));
        offer = offer(root, first);
        assertThat(handout.next()).isEmpty();
    }

    @Test
    void sendsAgainWhatComesBackAfterItWasOvertaken() throws Exception {
        CrlHandout handout = handout(root);
        CrlAssembly client = new CrlAssembly(List.of(root.fingerprint()));
        takeAll(handout, client);
        offer = offer(root, second);
        takeAll(handout, client);
        offer = offer(root, first);
        assertThat(takeAll(handout, client)).containsExactly(first.fingerprint());
    }

    @Test
    void keepsPartsWithinATlsRecord() {
        CrlHandout handout = handout(root);
        handout.next();
        for (Optional<Frame> part = handout.next(); part.isPresent(); part = handout.next()) {
            assertThat(((Frame.CrlPart) part.get()).octets().remaining()).isLessThan(16 << 10);
        }
    }

    /// A thousand clients, and the list is there once.
    @Test
    void copiesNothing() {
        offer = offer(root, issued(3, 100_000));
        int length = offer.crls().getFirst().length();
        assertThat(length).isGreaterThan(3_500_000);
        CrlHandout handout = handout(root);
        handout.next();
        long before = allocated();
        int parts = 0;
        while (handout.next().isPresent()) {
            parts++;
        }
        long took = allocated() - before;
        assertThat(parts).isGreaterThan(length / (16 << 10));
        assertThat(took).as("octets allocated for %d parts", parts).isLessThan(length / 10);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
