package org.chancery.protocol.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {

    private static Content content(String text) {
        return new Content(
                ConversationId.ofBytes(new byte[32]),
                Optional.of(new Address("bob@lab.example")),
                ChainId.ofBytes(new byte[16]),
                7,
                new byte[32],
                5,
                new byte[32],
                new byte[0],
                3,
                Instant.parse("2026-11-22T10:31:07.123Z"),
                new Body.Text(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 200, 1000, 5000, Body.Text.MAX_CHARACTERS})
    void decodesWhatItEncodes(int length) throws Exception {
        Content content = content("ü".repeat(length));
        assertThat(Content.decode(content.encode())).isEqualTo(content);
    }

    @Test
    void firstLetterOfAChainHasNoPreviousHash() throws Exception {
        Content first = new Content(
                ConversationId.ofBytes(new byte[32]),
                Optional.empty(),
                ChainId.ofBytes(new byte[16]),
                1,
                new byte[0],
                0,
                new byte[0],
                new byte[0],
                0,
                Instant.EPOCH,
                new Body.Text("hello"));
        assertThat(Content.decode(first.encode())).isEqualTo(first);
    }

    @Test
    void shortTextsHaveOneLength() throws Exception {
        assertThat(content("a").encode()).hasSize(256);
        assertThat(content("a".repeat(40)).encode()).hasSize(256);
    }

    /// Values of the paper's definition, worked out by hand.
    @ParameterizedTest
    @CsvSource({"1,256", "256,256", "257,272", "272,272", "1000,1024", "1025,1088", "100000,100352"})
    void padsToPadmeLengths(int length, int padded) {
        assertThat(ContentCodec.padded(length)).isEqualTo(padded);
    }

    @Test
    void paddingAddsAtMostAnEighth() {
        for (int length = 256; length < 300_000; length += 13) {
            assertThat(ContentCodec.padded(length)).isBetween(length, length + length / 8);
        }
    }

    @Test
    void refusesEveryFlippedBit() throws Exception {
        byte[] encoded = content("every octet is accounted for").encode();
        for (int bit = 0; bit < encoded.length * 8; bit++) {
            byte[] flipped = encoded.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            try {
                // Another text or number may come out; it must then be the one encoding of that.
                assertThat(Content.decode(flipped).encode()).isEqualTo(flipped);
            } catch (ContentException e) {
                assertThat(e.failure()).isNotNull();
            }
        }
    }

    @Test
    void refusesEveryTruncation() throws Exception {
        byte[] encoded = content("whole or not at all").encode();
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> Content.decode(cut)).isInstanceOf(ContentException.class);
        }
    }

    @Test
    void refusesPaddingThatIsNotZero() throws Exception {
        byte[] encoded = content("x").encode();
        encoded[encoded.length - 1] = 1;
        assertThatThrownBy(() -> Content.decode(encoded))
                .isInstanceOfSatisfying(
                        ContentException.class, e -> assertThat(e.failure()).isEqualTo(ContentFailure.MALFORMED));
    }

    @Test
    void refusesMorePaddingThanNeeded() throws Exception {
        byte[] encoded = Arrays.copyOf(content("x").encode(), 272);
        assertThatThrownBy(() -> Content.decode(encoded))
                .isInstanceOfSatisfying(
                        ContentException.class, e -> assertThat(e.failure()).isEqualTo(ContentFailure.PADDING));
    }

    /// Only the first letter of a chain goes on from another, by the last letter of that.
    @ParameterizedTest
    @CsvSource({
        "1, 32, 9, 4, true",
        "2, 32, 9, 4, false",
        "1, 0, 9, 4, false",
        "1, 32, 0, 4, false",
        "1, 32, 9, 0, false"
    })
    void onlyTheFirstLetterOfAChainContinuesAnother(
            long counter, int previous, byte old, long oldCounter, boolean holds) throws Exception {
        byte[] encoded = content("x").encode();
        int length = ByteBuffer.wrap(encoded).getInt();
        byte[] chain = new byte[16];
        Arrays.fill(chain, old);
        byte[] altered =
                org.chancery.protocol.wire.Content.parseFrom(Arrays.copyOfRange(encoded, 4, 4 + length)).toBuilder()
                        .setCounter(counter)
                        .setPreviousLetterHash(ByteString.copyFrom(new byte[previous]))
                        .setContinuedChain(ByteString.copyFrom(chain))
                        .setContinuedCounter(oldCounter)
                        .build()
                        .toByteArray();
        byte[] padded = ByteBuffer.allocate(encoded.length)
                .putInt(altered.length)
                .put(altered)
                .array();
        if (holds) {
            assertThat(Content.decode(padded).continues())
                    .contains(new ContinuedChain(ChainId.ofBytes(chain), oldCounter));
        } else {
            assertThatThrownBy(() -> Content.decode(padded))
                    .isInstanceOfSatisfying(
                            ContentException.class, e -> assertThat(e.failure()).isEqualTo(ContentFailure.MALFORMED));
        }
    }

    @Test
    void refusesToSayNothing() {
        byte[] encoded = new byte[256]; // a content without any field
        assertThatThrownBy(() -> Content.decode(encoded))
                .isInstanceOfSatisfying(
                        ContentException.class, e -> assertThat(e.failure()).isEqualTo(ContentFailure.NO_BODY));
    }

    @Test
    void survivesRandomOctets() {
        Random random = new Random(20261123);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[256];
            random.nextBytes(octets);
            ByteBuffer.wrap(octets).putInt(random.nextInt(252));
            try {
                Content.decode(octets);
            } catch (ContentException e) {
                assertThat(e.failure()).isNotNull();
            }
        }
    }

    @Test
    void showsNoTextInToString() {
        assertThat(content("attack at dawn").toString()).doesNotContain("dawn");
    }
}
