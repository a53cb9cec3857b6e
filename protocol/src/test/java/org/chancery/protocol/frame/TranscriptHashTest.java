package org.chancery.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.chancery.pki.envelope.Digest;
import org.junit.jupiter.api.Test;

class TranscriptHashTest {
    /// The values were computed with another program: `sha256(32 zeros || 0000000000000001 || 01...01)` and on.
    @Test
    void isTheHashOfTheOneBeforeThePlaceAndTheLetter() {
        Digest first = TranscriptHash.next(Digest.NONE, 1, letter(1));
        Digest second = TranscriptHash.next(first, 2, letter(2));
        assertThat(first.hex()).isEqualTo("a7cf31387e6255cca069e8ab8f1a9c043304c06167b6ba643279651b406f1475");
        assertThat(second.hex()).isEqualTo("d90dc0a1a925421bd1dfb9e6c17e344f4c1f848a227cc8170524ec7e91a40a38");
    }

    private static Digest letter(int octet) {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) octet);
        return Digest.ofBytes(hash);
    }
}
