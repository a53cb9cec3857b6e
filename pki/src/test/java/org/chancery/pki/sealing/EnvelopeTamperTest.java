package org.chancery.pki.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.Seal;
import org.junit.jupiter.api.Test;

/// No octet of what the relay holds can be altered to any effect but refusal.
final class EnvelopeTamperTest {
    private final Room room = new Room();

    /// Letter and wrap alike.
    @Test
    void anyAlteredOctetOfADeliveryIsRefused() throws Exception {
        try (SealedEpoch epoch = room.epoch();
                EnvelopeOpener opener = new EnvelopeOpener(room.bob)) {
            byte[] stapled = room.deliver(epoch, room.letter(epoch, 1, "the bridge at noon"));
            Map<EnvelopeFailure, Integer> refusals = new EnumMap<>(EnvelopeFailure.class);
            for (int i = 0; i < stapled.length; i++) {
                byte[] altered = withFlippedBit(stapled, i);
                EnvelopeException refusal = catchThrowableOfType(
                        EnvelopeException.class,
                        () -> opener.open(altered, ContentPurpose.CONTENT, room.signers(room.alice)));
                assertThat(refusal).as("octet %d altered", i).isNotNull();
                refusals.merge(refusal.failure(), 1, Integer::sum);
            }
            // Each guard stood alone somewhere; none was reached by accident of another.
            assertThat(refusals)
                    .containsOnlyKeys(
                            EnvelopeFailure.MALFORMED,
                            EnvelopeFailure.NOT_ADDRESSED,
                            EnvelopeFailure.WRAP_MISMATCH,
                            EnvelopeFailure.COMMITMENT_MISMATCH,
                            EnvelopeFailure.DECRYPTION_FAILED,
                            EnvelopeFailure.HEADER_MISMATCH);
        }
    }

    @Test
    void anyAlteredOctetOfASealChangesItsIdOrCommitment() throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            byte[] der = epoch.seal().der();
            for (int i = 0; i < der.length; i++) {
                Seal altered;
                try {
                    altered = Seal.parse(withFlippedBit(der, i));
                } catch (MalformedEnvelopeException e) {
                    continue;
                }
                boolean same = Arrays.equals(altered.id(), epoch.seal().id())
                        && Arrays.equals(altered.commitment(), epoch.seal().commitment());
                assertThat(same).as("octet %d altered unnoticed", i).isFalse();
            }
        }
    }

    private static byte[] withFlippedBit(byte[] octets, int index) {
        byte[] altered = octets.clone();
        altered[index] ^= (byte) (1 << (index % Byte.SIZE));
        return altered;
    }
}
