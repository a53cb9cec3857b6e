package org.chancery.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TranscriptHashTest {
    /// The values were computed with another program: `sha256(32 zeros || 0000000000000001 || 01...01)` and on.
    @Test
    void isTheHashOfTheOneBeforeThePlaceAndTheLetter() {
        byte[] first = TranscriptHash.next(TranscriptHash.start(), 1, letter(1));
        byte[] second = TranscriptHash.next(first, 2, letter(2));
        assertThat(HexFormat.of().formatHex(first))
                .isEqualTo("a7cf31387e6255cca069e8ab8f1a9c043304c06167b6ba643279651b406f1475");
        assertThat(HexFormat.of().formatHex(second))
                .isEqualTo("d90dc0a1a925421bd1dfb9e6c17e344f4c1f848a227cc8170524ec7e91a40a38");
    }

    private static byte[] letter(int octet) {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) octet);
        return hash;
    }
}
