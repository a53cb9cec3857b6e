package org.chancery.pki.testing;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Damaged copies of an encoding, for the law that damage never passes and never escapes as a surprise.
public final class Mutations {
    private Mutations() {}

    /// Every proper prefix, and every copy with one octet changed in its lowest, highest or all bits.
    public static Stream<byte[]> of(byte[] bytes) {
        Stream<byte[]> truncated = IntStream.range(0, bytes.length).mapToObj(length -> Arrays.copyOf(bytes, length));
        Stream<byte[]> flipped = IntStream.range(0, bytes.length)
                .boxed()
                .flatMap(index -> IntStream.of(0x01, 0x80, 0xff).mapToObj(bits -> flip(bytes, index, bits)));
        return Stream.concat(truncated, flipped);
    }

    /// A copy with bits of one octet turned over.
    public static byte[] flip(byte[] bytes, int index, int bits) {
        byte[] copy = bytes.clone();
        copy[index] ^= (byte) bits;
        return copy;
    }
}
