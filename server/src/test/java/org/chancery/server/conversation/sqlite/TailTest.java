package org.chancery.server.conversation.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.server.conversation.Page;
import org.chancery.server.conversation.PlacedLetter;
import org.chancery.server.conversation.StoredLetter;
import org.chancery.server.testing.Writing;
import org.junit.jupiter.api.Test;

class TailTest {

    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final DeviceId WRITER = device(1);
    private static final DeviceId READER = device(2);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Writing writing = new Writing(ALICE, WRITER, BOB, 1, List.of(READER));
    private final KnownSeal seal = KnownSeal.of(writing.seal());
    private final Tail tail = new Tail();

    @Test
    void whoKeepsUpReadsHere() {
        add(1, 5);
        assertThat(read(2, 2).letters()).extracting(StoredLetter::sequence).containsExactly(3L, 4L);
        assertThat(read(2, 2).more()).isTrue();
        assertThat(read(0, 16).letters()).extracting(StoredLetter::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(read(3, 16).more()).isFalse();
        assertThat(read(4, 1).letters().getFirst().wrap())
                .isEqualTo(seal.wrapFor(READER))
                .isPresent();
    }

    @Test
    void whoWroteItOrHasNoWrapGetsNone() {
        add(1, 1);
        assertThat(page(WRITER, 0, 1).orElseThrow().letters().getFirst().wrap()).isEmpty();
        assertThat(page(device(3), 0, 1).orElseThrow().letters().getFirst().wrap())
                .isEmpty();
    }

    @Test
    void whoLagsOrIsAtTheEndAsksTheDisk() {
        add(4, 6);
        assertThat(page(READER, 2, 16)).isEmpty();
        assertThat(page(READER, 6, 16)).isEmpty();
        assertThat(read(3, 16).letters()).hasSize(3);
    }

    @Test
    void whatLiesBetweenIsNotPassedOver() {
        add(1, 3);
        add(5, 5);
        assertThat(page(READER, 2, 16)).as("place 4 is on disk alone").isEmpty();
        assertThat(read(4, 16).letters()).extracting(StoredLetter::sequence).containsExactly(5L);
    }

    @Test
    void theOldestMakeRoom() {
        String text = "x".repeat(900_000);
        for (int i = 1; i <= 64; i++) {
            tail.add(placed(i, text), seal);
        }
        assertThat(page(READER, 0, 16)).isEmpty();
        assertThat(read(63, 16).letters()).extracting(StoredLetter::sequence).containsExactly(64L);
    }

    @Test
    void whatMayGoFromTheDiskIsNotToBeHadHere() {
        add(1, 3);
        tail.forgetBefore(NOON.plusSeconds(2));
        assertThat(page(READER, 0, 16)).isEmpty();
        assertThat(read(1, 16).letters()).extracting(StoredLetter::sequence).containsExactly(2L, 3L);
        tail.forgetBefore(Instant.MAX);
        assertThat(page(READER, 2, 16)).isEmpty();
    }

    private void add(int first, int last) {
        for (int i = first; i <= last; i++) {
            tail.add(placed(i, "text " + i), seal);
        }
    }

    private PlacedLetter placed(int sequence, String text) {
        return new PlacedLetter(
                writing.conversation(),
                sequence,
                NOON.plusSeconds(sequence),
                Digest.NONE,
                writing.letter(sequence, text),
                ALICE);
    }

    private Page read(long after, int limit) {
        return page(READER, after, limit).orElseThrow();
    }

    private Optional<Page> page(DeviceId reader, long after, int limit) {
        return tail.read(reader, writing.conversation(), after, limit);
    }

    private static DeviceId device(int number) {
        byte[] octets = new byte[DeviceId.LENGTH];
        Arrays.fill(octets, (byte) number);
        return DeviceId.ofBytes(octets);
    }
}
