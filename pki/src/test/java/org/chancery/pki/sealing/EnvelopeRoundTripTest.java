package org.chancery.pki.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EnvelopeRoundTripTest {
    private final Room room = new Room();

    @Test
    void readerGetsContentSignerTimeAndHeader() throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            Letter letter = room.letter(epoch, 7, "the bridge at noon");

            OpenedEnvelope opened = room.openAsBob(room.deliver(epoch, letter));

            assertThat(opened.content()).asString().isEqualTo("the bridge at noon");
            assertThat(opened.signer().leaf()).isEqualTo(room.alice.chain().leaf());
            assertThat(opened.signingTime()).isEqualTo(TestPki.NOW);
            assertThat(opened.header()).isEqualTo(letter.header());
            assertThat(opened.header().counter()).isEqualTo(7);
            assertThat(opened.header().sealId()).isEqualTo(epoch.seal().id());
        }
    }

    @Test
    void senderOpensOwnLetter() throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            byte[] stapled =
                    EnvelopeStapler.staple(room.letter(epoch, 1, "note to self"), Room.wrapOf(epoch, room.alice));

            OpenedEnvelope opened = Room.open(room.alice, stapled, ContentPurpose.CONTENT, room.signers(room.alice));

            assertThat(opened.content()).asString().isEqualTo("note to self");
        }
    }

    @Test
    void lettersOfOneEpochShareTheWrapAndNothingElse() throws Exception {
        try (SealedEpoch epoch = room.epoch();
                EnvelopeOpener opener = new EnvelopeOpener(room.bob)) {
            Letter first = room.letter(epoch, 1, "same");
            Letter second = room.letter(epoch, 2, "same");

            assertThat(first.nonce()).isNotEqualTo(second.nonce());
            assertThat(first.ciphertext()).isNotEqualTo(second.ciphertext());
            for (Letter letter : new Letter[] {first, second, first}) {
                assertThat(opener.open(room.deliver(epoch, letter), ContentPurpose.CONTENT, room.signers(room.alice))
                                .content())
                        .asString()
                        .isEqualTo("same");
            }
        }
    }

    @Test
    void survivesTheRelaysStorageOfSealAndLetter() throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            Letter letter = Letter.parse(room.letter(epoch, 1, "kept").der());
            Seal seal = Seal.parse(epoch.seal().der());

            assertThat(seal.id()).isEqualTo(epoch.seal().id());
            assertThat(seal.commitment()).isEqualTo(letter.header().commitment());
            assertThat(seal.members()).hasSize(2);
            assertThat(room.openAsBob(EnvelopeStapler.staple(letter, Room.wrapOf(epoch, room.bob)))
                            .content())
                    .asString()
                    .isEqualTo("kept");
        }
    }

    @Test
    void ecKeySignsAndRsaKeyReads() throws Exception {
        Identity dora = room.pki.client("dora@lab.example", TestKeys.ec("dora"));
        try (SealedEpoch epoch = new EnvelopeSealer(Room.RANDOM)
                .newEpoch(room.conversation, dora.deviceId(), Room.members(dora), Room.recipients(room.bob))) {
            Letter letter = epoch.letter(
                    dora,
                    ContentPurpose.CONTENT,
                    room.chain,
                    1,
                    "signed on a curve".getBytes(StandardCharsets.UTF_8),
                    Room.NOW);

            OpenedEnvelope opened =
                    Room.open(room.bob, room.deliver(epoch, letter), ContentPurpose.CONTENT, room.signers(dora));

            assertThat(opened.content()).asString().isEqualTo("signed on a curve");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FILE")
    void everyPurposeOpensAsItself(ContentPurpose purpose) throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            Letter letter = epoch.letter(room.alice, purpose, room.chain, 1, new byte[] {1, 2, 3}, Room.NOW);

            OpenedEnvelope opened = Room.open(room.bob, room.deliver(epoch, letter), purpose, room.signers(room.alice));

            assertThat(opened.content()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void emptyContentIsContent() throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            assertThat(room.openAsBob(room.deliver(epoch, room.letter(epoch, 1, "")))
                            .content())
                    .isEmpty();
        }
    }

    @Test
    void closedEpochSealsNothing() throws Exception {
        SealedEpoch epoch = room.epoch();
        epoch.close();

        assertThatThrownBy(() -> room.letter(epoch, 1, "late")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closedOpenerOpensNothing() throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            byte[] stapled = room.deliver(epoch, room.letter(epoch, 1, "late"));
            EnvelopeOpener opener = new EnvelopeOpener(room.bob);
            opener.close();

            assertThatThrownBy(() -> opener.open(stapled, ContentPurpose.CONTENT, room.signers(room.alice)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void nobodySealsUnderAnothersEpoch() throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            assertThatThrownBy(
                            () -> epoch.letter(room.bob, ContentPurpose.CONTENT, room.chain, 1, new byte[0], Room.NOW))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void fileIsNoLettersPurpose() throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            byte[] stapled = room.deliver(epoch, room.letter(epoch, 1, "text"));

            assertThatThrownBy(
                            () -> epoch.letter(room.alice, ContentPurpose.FILE, room.chain, 1, new byte[0], Room.NOW))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Room.open(room.bob, stapled, ContentPurpose.FILE, room.signers(room.alice)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
