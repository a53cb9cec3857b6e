package org.chancery.pki.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.testing.Mutations;
import org.junit.jupiter.api.Test;

/// What was inside a letter, verified without it.
final class LetterVerifierTest {
    private static final byte[] WORDS = "the bridge at noon".getBytes(StandardCharsets.UTF_8);

    private final Room room = new Room();

    private WrittenLetter written(ContentPurpose purpose) throws EnvelopeException {
        try (SealedEpoch epoch = room.epoch()) {
            return epoch.write(room.alice, purpose, room.chain, 3, WORDS, Room.NOW);
        }
    }

    private static void isRefused(EnvelopeFailure failure, byte[] signedDataDer, SignerPath signers) {
        assertThatThrownBy(() -> LetterVerifier.verify(signedDataDer, ContentPurpose.CONTENT, signers))
                .isInstanceOfSatisfying(
                        EnvelopeException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    }

    @Test
    void verifiesWhatItsWriterKept() throws Exception {
        WrittenLetter written = written(ContentPurpose.CONTENT);
        OpenedEnvelope verified =
                LetterVerifier.verify(written.signedDataDer(), ContentPurpose.CONTENT, room.signers(room.alice));
        assertThat(verified.content()).isEqualTo(WORDS);
        assertThat(verified.header()).isEqualTo(written.letter().header());
        assertThat(verified.signingTime()).isEqualTo(Room.NOW);
        assertThat(verified.signer().leaf()).isEqualTo(room.alice.chain().leaf());
    }

    /// The writer keeps the very octets that a reader finds.
    @Test
    void verifiesWhatAReaderFound() throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            WrittenLetter written = epoch.write(room.alice, ContentPurpose.CONTENT, room.chain, 3, WORDS, Room.NOW);
            OpenedEnvelope opened = room.openAsBob(room.deliver(epoch, written.letter()));
            assertThat(opened.signedData()).isEqualTo(written.signedDataDer());
            OpenedEnvelope verified =
                    LetterVerifier.verify(opened.signedData(), ContentPurpose.CONTENT, room.signers(room.alice));
            assertThat(verified.content()).isEqualTo(opened.content());
        }
    }

    @Test
    void refusesEveryAlteration() throws Exception {
        byte[] signedData = written(ContentPurpose.CONTENT).signedDataDer();
        Mutations.of(signedData)
                .forEach(altered -> assertThatThrownBy(
                                () -> LetterVerifier.verify(altered, ContentPurpose.CONTENT, room.signers(room.alice)))
                        .isInstanceOf(EnvelopeException.class));
    }

    @Test
    void refusesAnotherSigner() throws Exception {
        byte[] signedData = written(ContentPurpose.CONTENT).signedDataDer();
        isRefused(EnvelopeFailure.SIGNER_UNKNOWN, signedData, room.signers(room.carol));
        isRefused(EnvelopeFailure.SIGNER_UNKNOWN, signedData, _ -> Optional.empty());
    }

    @Test
    void refusesAnotherPurpose() throws Exception {
        isRefused(
                EnvelopeFailure.WRONG_PURPOSE,
                written(ContentPurpose.RECEIPT).signedDataDer(),
                room.signers(room.alice));
    }

    /// Bob signs what alice's header stands on: the header names her device, whose signature this is not.
    @Test
    void refusesWhatAMemberPutsIntoAnothersMouth() throws Exception {
        LetterHeader hers = written(ContentPurpose.CONTENT).letter().header();
        byte[] forged = SignedLetter.sign(room.bob, ContentPurpose.CONTENT, hers, WORDS, Room.NOW);
        isRefused(EnvelopeFailure.SIGNER_UNKNOWN, forged, room.signers(room.alice));
        isRefused(EnvelopeFailure.SIGNER_UNKNOWN, forged, room.signers(room.bob));
    }
}
