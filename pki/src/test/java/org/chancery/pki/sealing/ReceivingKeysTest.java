package org.chancery.pki.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chancery.pki.certificate.KeyIdentifiers;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.testing.TestKeys;
import org.junit.jupiter.api.Test;

/// Letters to envelope keys, several of one device, of which some are destroyed.
final class ReceivingKeysTest {
    private final Room room = new Room();
    private final List<SigningKey> pairs =
            List.of(TestKeys.rsa("envelope one"), TestKeys.rsa("envelope two"), TestKeys.rsa("envelope three"));
    private final Map<ByteBuffer, ReceivingKeys.Found> bobs = new HashMap<>();
    private final EnvelopeOpener opener =
            new EnvelopeOpener(wanted -> bobs.getOrDefault(ByteBuffer.wrap(wanted), new ReceivingKeys.Found.Unknown()));

    ReceivingKeysTest() {
        for (SigningKey pair : pairs.subList(0, 2)) {
            bobs.put(ByteBuffer.wrap(identifier(pair)), new ReceivingKeys.Found.Held(pair.exposedPrivateKey()));
        }
    }

    @Test
    void opensWithWhicheverKeyTheWrapNames() throws Exception {
        for (int number = 1; number <= 2; number++) {
            try (SealedEpoch epoch = epochFor(number)) {
                assertThat(epoch.seal().wraps().getFirst().keyNumber()).isEqualTo(number);
                assertThat(open(epoch, room.letter(epoch, 1, "to key " + number)))
                        .isEqualTo("to key " + number);
            }
        }
    }

    @Test
    void aKeyThatNeverWasIsNotAddressed() throws Exception {
        try (SealedEpoch epoch = epochFor(3)) {
            assertFailure(EnvelopeFailure.NOT_ADDRESSED, epoch);
        }
    }

    @Test
    void aKeyThatIsDestroyedSaysSo() throws Exception {
        try (SealedEpoch epoch = epochFor(1)) {
            bobs.put(ByteBuffer.wrap(identifier(pairs.getFirst())), new ReceivingKeys.Found.Destroyed());

            assertFailure(EnvelopeFailure.KEY_DESTROYED, epoch);
        }
    }

    @Test
    void aDestroyedKeyOpensNothingOfAnEpochThatWasOpenedBefore() throws Exception {
        try (SealedEpoch epoch = epochFor(1)) {
            open(epoch, room.letter(epoch, 1, "before"));
            bobs.put(ByteBuffer.wrap(identifier(pairs.getFirst())), new ReceivingKeys.Found.Destroyed());

            assertFailure(EnvelopeFailure.KEY_DESTROYED, epoch);
        }
    }

    @Test
    void forgettingWipesWhatWasUnwrappedWithThatKeyAlone() throws Exception {
        UnwrappedKeys unwrapped = new UnwrappedKeys();
        List<KeyTransRecipient> recipients = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            try (SealedEpoch epoch = epochFor(number)) {
                recipients.add(EnvelopeStapler.parse(deliver(epoch, room.letter(epoch, 1, "")))
                        .recipient());
                unwrapped.unwrap(recipients.getLast(), pairs.get(number - 1).exposedPrivateKey());
            }
        }

        unwrapped.forget(identifier(pairs.getFirst()));

        assertThat(unwrapped.size()).isEqualTo(1);
        unwrapped.unwrap(recipients.getFirst(), pairs.getFirst().exposedPrivateKey()); // was under way
        assertThat(unwrapped.size()).isEqualTo(1);
    }

    @Test
    void aWrapUnderANameThatIsNotItsKeysIsAWrapMismatch() throws Exception {
        try (SealedEpoch epoch = epochFor(3)) {
            bobs.put(
                    ByteBuffer.wrap(identifier(pairs.getLast())),
                    new ReceivingKeys.Found.Held(pairs.getFirst().exposedPrivateKey()));

            assertFailure(EnvelopeFailure.WRAP_MISMATCH, epoch);
        }
    }

    @Test
    void envelopeKeysAreNumberedFromOne() {
        PublicKey key = pairs.getFirst().publicKey();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipientKey.of(room.bob.deviceId(), 0, (RSAPublicKey) key));
    }

    @Test
    void whatIsFoundSaysNothingOfTheKey() {
        assertThat(new ReceivingKeys.Found.Held(pairs.getFirst().exposedPrivateKey()))
                .hasToString("a key that is held");
    }

    private SealedEpoch epochFor(int number) throws EnvelopeException {
        return new EnvelopeSealer(Room.RANDOM)
                .newEpoch(
                        room.conversation,
                        room.alice.deviceId(),
                        Room.members(room.alice, room.bob),
                        List.of(RecipientKey.of(room.bob.deviceId(), number, (RSAPublicKey)
                                pairs.get(number - 1).publicKey())));
    }

    private byte[] deliver(SealedEpoch epoch, Letter letter) {
        return EnvelopeStapler.staple(letter, Room.wrapOf(epoch, room.bob));
    }

    private String open(SealedEpoch epoch, Letter letter) throws EnvelopeException {
        return new String(
                opener.open(deliver(epoch, letter), ContentPurpose.CONTENT, room.signers(room.alice))
                        .content(),
                StandardCharsets.UTF_8);
    }

    private void assertFailure(EnvelopeFailure failure, SealedEpoch epoch) {
        EnvelopeException refusal =
                catchThrowableOfType(EnvelopeException.class, () -> open(epoch, room.letter(epoch, 9, "late")));
        assertThat(refusal).as("nothing was refused").isNotNull();
        assertThat(refusal.failure()).isEqualTo(failure);
    }

    private static byte[] identifier(SigningKey pair) {
        return KeyIdentifiers.of(pair.publicKey());
    }
}
