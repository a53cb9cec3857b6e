package org.chancery.pki.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class ConversationIdTest {
    @Test
    void directIsTheSameForBoth() {
        assertThat(ConversationId.direct(Samples.address("alice"), Samples.address("bob")))
                .isEqualTo(ConversationId.direct(Samples.address("bob"), Samples.address("alice")))
                .isNotEqualTo(ConversationId.direct(Samples.address("alice"), Samples.address("carol")));
    }

    @Test
    void directIsTheHashOfLabelAndAddressesInOrder() throws Exception {
        byte[] input = "chancery direct v1\0alice@lab.example\0bob@lab.example".getBytes(StandardCharsets.US_ASCII);
        String expected =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(input));

        assertThat(ConversationId.direct(Samples.address("bob"), Samples.address("alice"))
                        .hex())
                .isEqualTo(expected);
    }

    @Test
    void octetsComeBack() {
        ConversationId id = new ConversationId("0123456789abcdef".repeat(4));

        assertThat(ConversationId.ofBytes(id.bytes())).isEqualTo(id);
    }

    @Test
    void refusesOtherLengthsAndUpperCase() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ConversationId("c0".repeat(31)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ConversationId("C0".repeat(32)));
        assertThatIllegalArgumentException().isThrownBy(() -> ConversationId.ofBytes(new byte[33]));
        assertThatIllegalArgumentException().isThrownBy(() -> ChainId.ofBytes(new byte[15]));
    }
}
