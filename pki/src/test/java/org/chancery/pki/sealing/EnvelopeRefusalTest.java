package org.chancery.pki.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.cms.Cms;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One test for each way a letter does not open.
final class EnvelopeRefusalTest {
    private final Room room = new Room();
    private SealedEpoch epoch;
    private Letter letter;
    private byte[] stapled;

    @BeforeEach
    void sealOneLetter() throws Exception {
        epoch = room.epoch();
        letter = room.letter(epoch, 1, "the bridge at noon");
        stapled = room.deliver(epoch, letter);
    }

    @AfterEach
    void wipe() {
        epoch.close();
    }

    @Test
    void truncatedEnvelopeIsMalformed() {
        assertRefused(EnvelopeFailure.MALFORMED, Arrays.copyOf(stapled, stapled.length - 1));
    }

    @Test
    void octetAfterTheEndIsMalformed() {
        assertRefused(EnvelopeFailure.MALFORMED, Arrays.copyOf(stapled, stapled.length + 1));
    }

    @Test
    void letterWithoutRecipientIsMalformed() {
        assertRefused(EnvelopeFailure.MALFORMED, letter.der());
    }

    @Test
    void somethingElseUnderTheTagIsMalformed() throws Exception {
        assertRefused(EnvelopeFailure.MALFORMED, reencrypted("not CMS at all".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void longerThanAnyLetterIsTooLarge() {
        assertRefused(EnvelopeFailure.TOO_LARGE, new byte[EnvelopeStapler.MAX_BYTES + 1]);
    }

    @Test
    void contentThatFillsMoreThanALetterIsTooLarge() {
        assertFailure(
                EnvelopeFailure.TOO_LARGE,
                () -> epoch.letter(
                        room.alice, ContentPurpose.CONTENT, room.chain, 1, new byte[Letter.MAX_BYTES], Room.NOW));
    }

    @Test
    void moreRecipientsThanASealHoldsAreTooLarge() {
        assertFailure(
                EnvelopeFailure.TOO_LARGE,
                () -> new EnvelopeSealer(Room.RANDOM)
                        .newEpoch(
                                room.conversation,
                                room.alice.deviceId(),
                                Room.members(room.alice),
                                Collections.nCopies(
                                        2049, Room.recipients(room.bob).getFirst())));
    }

    @Test
    void anothersWrapIsNotAddressedToMe() throws Exception {
        try (SealedEpoch wider = room.epoch(room.alice, room.bob, room.carol)) {
            byte[] carols = EnvelopeStapler.staple(room.letter(wider, 1, "secret"), Room.wrapOf(wider, room.carol));

            assertRefused(EnvelopeFailure.NOT_ADDRESSED, carols);
        }
    }

    @Test
    void anothersWrapUnderMyNameIsAWrapMismatch() throws Exception {
        try (SealedEpoch wider = room.epoch(room.alice, room.bob, room.carol)) {
            KeyTransRecipient carols =
                    KeyTransRecipient.parse(Room.wrapOf(wider, room.carol).recipientInfoDer());

            assertRefused(EnvelopeFailure.WRAP_MISMATCH, stapledWith(letter, carols.encryptedKey()));
        }
    }

    @Test
    void wrappedKeyOfAnotherLengthIsAWrapMismatch() throws Exception {
        byte[] aes128 =
                KeyTransport.encrypt((RSAPublicKey) room.bob.chain().leaf().getPublicKey(), new byte[16]);

        assertRefused(EnvelopeFailure.WRAP_MISMATCH, stapledWith(letter, aes128));
    }

    @Test
    @Defends(Threat.TWO_TEXTS_IN_ONE)
    void wrapOfAnotherEpochIsACommitmentMismatch() throws Exception {
        try (SealedEpoch other = room.epoch()) {
            byte[] swapped = EnvelopeStapler.staple(letter, Room.wrapOf(other, room.bob));

            assertRefused(EnvelopeFailure.COMMITMENT_MISMATCH, swapped);
        }
    }

    @Test
    void innerOfOneLetterInOuterOfAnotherDoesNotDecrypt() throws Exception {
        Letter other = room.letter(epoch, 2, "the bridge at dusk");
        Letter spliced = new Letter(other.header(), other.nonce(), letter.ciphertext(), letter.tag());

        assertRefused(EnvelopeFailure.DECRYPTION_FAILED, room.deliver(epoch, spliced));
    }

    @Test
    void alteredHeaderIsAHeaderMismatch() {
        Letter altered = new Letter(withCounter(letter.header(), 2), letter.nonce(), letter.ciphertext(), letter.tag());

        assertRefused(EnvelopeFailure.HEADER_MISMATCH, room.deliver(epoch, altered));
    }

    @Test
    @Defends(Threat.SIGNED_WORDS_MOVED)
    void memberCannotReplayAnothersWordsInAnotherEpoch() throws Exception {
        byte[] signedData = room.openAsBob(stapled).signedData();
        try (SealedEpoch other = room.epoch();
                ContentKey key = room.keyOf(other)) {
            LetterHeader header = room.letter(other, 1, "").header();
            Letter replayed = key.encrypt(header, signedData, Room.RANDOM);

            assertRefused(EnvelopeFailure.HEADER_MISMATCH, room.deliver(other, replayed));
        }
    }

    @Test
    @Defends(Threat.SIGNED_FOR_SOMETHING_ELSE)
    void contentSignedForOnePurposeDoesNotPassForAnother() {
        assertFailure(
                EnvelopeFailure.WRONG_PURPOSE,
                () -> Room.open(room.bob, stapled, ContentPurpose.MEMBERSHIP, room.signers(room.alice)));
    }

    @Test
    void signerNobodyKnowsIsUnknown() {
        assertFailure(
                EnvelopeFailure.SIGNER_UNKNOWN,
                () -> Room.open(room.bob, stapled, ContentPurpose.CONTENT, _ -> Optional.empty()));
    }

    @Test
    void pathOfAnotherDeviceIsNotTheSigners() {
        assertFailure(
                EnvelopeFailure.SIGNER_UNKNOWN,
                () -> Room.open(room.bob, stapled, ContentPurpose.CONTENT, room.signers(room.carol)));
    }

    @Test
    void otherCertificateOfTheSameKeyIsNotTheSigners() {
        Identity renewed = room.pki.client("alice@lab.example", room.alice.key());

        assertFailure(
                EnvelopeFailure.SIGNER_UNKNOWN,
                () -> Room.open(room.bob, stapled, ContentPurpose.CONTENT, room.signers(renewed)));
    }

    @Test
    void signerWhosePathIsRefusedIsRefused() {
        EnvelopeException refusal = assertFailure(
                EnvelopeFailure.SIGNER_REFUSED,
                () -> Room.open(
                        room.bob,
                        stapled,
                        ContentPurpose.CONTENT,
                        room.signers(room.pki.expired("alice@lab.example"))));

        assertThat(refusal.getCause())
                .isInstanceOfSatisfying(
                        PathValidationException.class,
                        cause -> assertThat(cause.failure()).isEqualTo(PathFailure.EXPIRED));
    }

    @Test
    @Defends(Threat.SIGNED_WORDS_MOVED)
    void memberCannotPutOtherWordsUnderAnothersSignature() throws Exception {
        byte[] signedData = room.openAsBob(stapled).signedData();
        String text = new String(signedData, StandardCharsets.ISO_8859_1);
        byte[] forged = text.replace("at noon", "at dusk").getBytes(StandardCharsets.ISO_8859_1);

        assertRefused(EnvelopeFailure.SIGNATURE_INVALID, reencrypted(forged));
    }

    @Test
    void signatureThatDoesNotHoldIsInvalid() throws Exception {
        byte[] signedData = room.openAsBob(stapled).signedData();
        signedData[signedData.length - 1] ^= 1;

        assertRefused(EnvelopeFailure.SIGNATURE_INVALID, reencrypted(signedData));
    }

    @Test
    void digestThatIsNotTheContentsIsInvalid() throws Exception {
        OpenedEnvelope opened = room.openAsBob(stapled);
        byte[] signedData = opened.signedData();
        signedData[indexOf(signedData, Cms.sha256(opened.content()))] ^= 1;

        assertRefused(EnvelopeFailure.SIGNATURE_INVALID, reencrypted(signedData));
    }

    private static int indexOf(byte[] octets, byte[] part) {
        return new String(octets, StandardCharsets.ISO_8859_1).indexOf(new String(part, StandardCharsets.ISO_8859_1));
    }

    @Test
    void signatureByPkcs1IsUnsupported() throws Exception {
        byte[] signedData = room.openAsBob(stapled).signedData();

        assertRefused(EnvelopeFailure.UNSUPPORTED_ALGORITHM, reencrypted(withPkcs1(signedData)));
    }

    @Test
    void ecKeyCannotReceive() {
        Identity dora = room.pki.client("dora@lab.example", TestKeys.ec("dora"));

        assertFailure(EnvelopeFailure.RECIPIENT_KEY_UNSUPPORTED, () -> room.epoch(room.alice, dora));
    }

    @Test
    void ecKeyCannotOpen() {
        Identity dora = room.pki.client("dora@lab.example", TestKeys.ec("dora"));
        byte[] toDora = EnvelopeStapler.staple(
                letter,
                new Wrap(
                        dora.deviceId(),
                        0,
                        new KeyTransRecipient(
                                        Certificates.subjectKeyIdentifier(
                                                dora.chain().leaf()),
                                        new byte[256])
                                .der()));

        assertFailure(
                EnvelopeFailure.RECIPIENT_KEY_UNSUPPORTED,
                () -> Room.open(dora, toDora, ContentPurpose.CONTENT, room.signers(room.alice)));
    }

    private void assertRefused(EnvelopeFailure failure, byte[] envelope) {
        assertFailure(failure, () -> room.openAsBob(envelope));
    }

    private static EnvelopeException assertFailure(EnvelopeFailure failure, ThrowingCallable act) {
        EnvelopeException refusal = catchThrowableOfType(EnvelopeException.class, act);
        assertThat(refusal).as("nothing was refused").isNotNull();
        assertThat(refusal.failure()).isEqualTo(failure);
        return refusal;
    }

    /// The letter's wrap replaced by another encrypted key under bob's name.
    private byte[] stapledWith(Letter of, byte[] encryptedKey) {
        byte[] bobs = Certificates.subjectKeyIdentifier(room.bob.chain().leaf());
        return EnvelopeStapler.staple(
                of, new Wrap(room.bob.deviceId(), 0, new KeyTransRecipient(bobs, encryptedKey).der()));
    }

    /// Another plaintext under the letter's own header and key, as any member of the room could send it.
    private byte[] reencrypted(byte[] plaintext) throws Exception {
        try (ContentKey key = room.keyOf(epoch)) {
            return room.deliver(epoch, key.encrypt(letter.header(), plaintext, Room.RANDOM));
        }
    }

    private static LetterHeader withCounter(LetterHeader header, long counter) {
        return new LetterHeader(
                header.version(),
                header.conversation(),
                header.sender(),
                header.sealId(),
                header.chain(),
                counter,
                header.commitment());
    }

    private static byte[] withPkcs1(byte[] contentInfoDer) throws Exception {
        ASN1Sequence contentInfo = ASN1Sequence.getInstance(contentInfoDer);
        ASN1Encodable[] signedData = ASN1Sequence.getInstance(
                        ASN1TaggedObject.getInstance(contentInfo.getObjectAt(1)), true)
                .toArray();
        ASN1Encodable[] signerInfo = ASN1Sequence.getInstance(
                        ASN1Set.getInstance(signedData[3]).getObjectAt(0))
                .toArray();
        signerInfo[4] = new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption);
        signedData[3] = new DERSet(new DERSequence(signerInfo));
        return new DERSequence(new ASN1Encodable[] {
                    contentInfo.getObjectAt(0), new DERTaggedObject(true, 0, new DERSequence(signedData))
                })
                .getEncoded();
    }
}
