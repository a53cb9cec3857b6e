package org.chancery.pki.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.Seal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// No octet of what the relay holds, or a member could seal again, can be altered to any effect but a refusal by name.
final class EnvelopeTamperTest {
    private static final int[] CHANGES = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff};

    private final Room room = new Room();
    private final Map<EnvelopeFailure, Integer> refusals = new EnumMap<>(EnvelopeFailure.class);
    private SealedEpoch epoch;
    private Letter letter;
    private byte[] stapled;
    private byte[] signedData;
    private EnvelopeOpener opener;
    private ContentKey key;

    /// The opener has opened the letter as it was: it knows the key already, as a reader in the midst of an epoch does.
    @BeforeEach
    void deliverOneLetter() throws Exception {
        epoch = room.epoch();
        letter = room.letter(epoch, 1, "the bridge at noon");
        stapled = room.deliver(epoch, letter);
        opener = new EnvelopeOpener(room.bob);
        signedData = opener.open(stapled, ContentPurpose.CONTENT, room.signers(room.alice))
                .signedData();
        key = room.keyOf(epoch);
    }

    @AfterEach
    void wipe() {
        key.close();
        opener.close();
        epoch.close();
    }

    /// Letter and wrap alike, each bit of each octet and all of them at once.
    @Test
    void anyAlteredOctetOfADeliveryIsRefused() {
        for (int i = 0; i < stapled.length; i++) {
            for (int change : CHANGES) {
                refused(altered(stapled, i, change), "octet %d changed by %02x".formatted(i, change));
            }
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

    @Test
    void deliveryCutAnywhereIsMalformed() {
        for (int length = 0; length < stapled.length; length++) {
            refused(Arrays.copyOf(stapled, length), "cut to %d octets".formatted(length));
        }
        assertThat(refusals).containsOnlyKeys(EnvelopeFailure.MALFORMED);
    }

    @Test
    void octetsBehindADeliveryAreMalformed() {
        for (int more : new int[] {1, 2, 16, stapled.length}) {
            refused(Arrays.copyOf(stapled, stapled.length + more), "%d octets of zeros behind".formatted(more));
            byte[] twice = Arrays.copyOf(stapled, stapled.length + more);
            System.arraycopy(stapled, 0, twice, stapled.length, more);
            refused(twice, "%d octets of its own behind".formatted(more));
        }
        assertThat(refusals).containsOnlyKeys(EnvelopeFailure.MALFORMED);
    }

    /// The lengths around it then do not fit any longer, or it is within the wrap or the ciphertext.
    @Test
    void octetPutInOrTakenOutAnywhereIsRefused() {
        for (int i = 0; i < stapled.length; i++) {
            byte[] longer = new byte[stapled.length + 1];
            System.arraycopy(stapled, 0, longer, 0, i);
            System.arraycopy(stapled, i, longer, i + 1, stapled.length - i);
            refused(longer, "an octet before octet %d".formatted(i));
            byte[] shorter = new byte[stapled.length - 1];
            System.arraycopy(stapled, 0, shorter, 0, i);
            System.arraycopy(stapled, i + 1, shorter, i, shorter.length - i);
            refused(shorter, "without octet %d".formatted(i));
        }
        assertThat(refusals).containsOnlyKeys(EnvelopeFailure.MALFORMED);
    }

    /// The same letter to a lenient parser, and therefore the one change that no tag and no signature would notice.
    @Test
    void deliveryInAnyOtherEncodingIsMalformed() {
        List<byte[]> others = OtherEncodings.of(stapled);

        others.forEach(other -> refused(other, "in another encoding"));

        assertThat(refusals).containsExactly(Map.entry(EnvelopeFailure.MALFORMED, others.size()));
        assertThat(others).hasSizeGreaterThan(50);
    }

    /// Any member has the key: so it is the signature that has to hold, and what is around it to be of one form.
    @Test
    void anyAlteredOctetOfWhatWasSignedIsRefusedThoughAMemberSealsItAnew() {
        for (int i = 0; i < signedData.length; i++) {
            for (int change : CHANGES) {
                refused(
                        sealedAnew(altered(signedData, i, change)),
                        "octet %d of what is signed changed by %02x".formatted(i, change));
            }
        }
        assertThat(refusals)
                .containsOnlyKeys(
                        EnvelopeFailure.MALFORMED,
                        EnvelopeFailure.WRONG_PURPOSE,
                        EnvelopeFailure.HEADER_MISMATCH,
                        EnvelopeFailure.SIGNER_UNKNOWN,
                        EnvelopeFailure.SIGNATURE_INVALID,
                        EnvelopeFailure.UNSUPPORTED_ALGORITHM);
    }

    @Test
    void whatWasSignedInAnyOtherEncodingIsMalformed() {
        List<byte[]> others = OtherEncodings.of(signedData);

        for (byte[] other : others) {
            refused(sealedAnew(other), "what is signed in another encoding");
        }

        assertThat(refusals).containsExactly(Map.entry(EnvelopeFailure.MALFORMED, others.size()));
        assertThat(others).hasSizeGreaterThan(50);
    }

    @Test
    void whatWasSignedCutOrContinuedIsMalformed() {
        for (int length = 0; length < signedData.length; length++) {
            refused(sealedAnew(Arrays.copyOf(signedData, length)), "cut to %d octets".formatted(length));
        }
        refused(sealedAnew(Arrays.copyOf(signedData, signedData.length + 1)), "an octet behind");
        assertThat(refusals).containsOnlyKeys(EnvelopeFailure.MALFORMED);
    }

    @Test
    void anyAlteredOctetOfASealChangesItsIdOrCommitment() {
        byte[] der = epoch.seal().der();
        for (int i = 0; i < der.length; i++) {
            Seal altered;
            try {
                altered = Seal.parse(altered(der, i, 1 << (i % Byte.SIZE)));
            } catch (MalformedEnvelopeException e) {
                continue;
            }
            boolean same = Arrays.equals(altered.id(), epoch.seal().id())
                    && Arrays.equals(altered.commitment(), epoch.seal().commitment());
            assertThat(same).as("octet %d altered unnoticed", i).isFalse();
        }
    }

    private void refused(byte[] envelope, String how) {
        Throwable refusal =
                catchThrowable(() -> opener.open(envelope, ContentPurpose.CONTENT, room.signers(room.alice)));
        assertThat(refusal).as(how).isInstanceOf(EnvelopeException.class);
        refusals.merge(((EnvelopeException) refusal).failure(), 1, Integer::sum);
    }

    /// Under the letter's own header and key.
    private byte[] sealedAnew(byte[] plaintext) {
        return room.deliver(epoch, key.encrypt(letter.header(), plaintext, Room.RANDOM));
    }

    private static byte[] altered(byte[] octets, int index, int change) {
        byte[] altered = octets.clone();
        altered[index] ^= (byte) change;
        return altered;
    }
}
