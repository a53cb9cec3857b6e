package org.chancery.pki.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.Mutations;
import org.chancery.pki.testing.Openssl;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SignedRecordTest {
    private static final TestPki PKI = TestPki.create();
    private static final Identity ALICE = PKI.client("alice@lab.example");
    private static final Identity CARD = PKI.client("alice@lab.example", TestKeys.ec("card"));
    private static final byte[] CONTENT = "alice invites bob".getBytes(StandardCharsets.UTF_8);

    static Stream<SignedRecord> records() {
        SignedRecord byRsa = sign(ALICE);
        return Stream.of(byRsa, sign(CARD), RecordSigner.countersign(byRsa, CARD, PKI.now()));
    }

    private static SignedRecord sign(Identity signer) {
        return RecordSigner.sign(signer, ContentPurpose.MEMBERSHIP, CONTENT, PKI.now());
    }

    @ParameterizedTest
    @MethodSource("records")
    void provesWhoSignedWhatAndWhen(SignedRecord record) throws Exception {
        SignedRecord parsed = SignedRecord.parse(record.der());
        VerifiedRecord verified = parsed.verify(ContentPurpose.MEMBERSHIP, Accepted.by(PKI, ALICE, CARD));

        assertThat(parsed.der()).isEqualTo(record.der());
        assertThat(verified.content()).isEqualTo(CONTENT);
        assertThat(verified.signers()).extracting(path -> path.leaf()).isEqualTo(record.signers());
        assertThat(verified.signingTimes()).containsOnly(PKI.now());
    }

    /// The law of every parser here: what is accepted is what was given, and the one encoding of what it
    /// means.
    @ParameterizedTest
    @MethodSource("records")
    void damageIsRefusedOrProvesNothing(SignedRecord record) throws Exception {
        var accepted = Accepted.by(PKI, ALICE, CARD);
        Mutations.of(record.der()).forEach(octets -> {
            SignedRecord parsed;
            try {
                parsed = SignedRecord.parse(octets);
            } catch (RecordException refused) {
                assertThat(refused.failure()).isEqualTo(RecordFailure.MALFORMED);
                return;
            }
            assertThat(parsed.der()).isEqualTo(octets);
            assertThatExceptionOfType(RecordException.class)
                    .isThrownBy(() -> parsed.verify(ContentPurpose.MEMBERSHIP, accepted));
        });
    }

    @ParameterizedTest
    @EnumSource(names = "MEMBERSHIP", mode = EnumSource.Mode.EXCLUDE)
    void signedForOnePurposeIsNothingForAnother(ContentPurpose another) throws Exception {
        var accepted = Accepted.by(PKI, ALICE);
        assertRefused(() -> sign(ALICE).verify(another, accepted), RecordFailure.WRONG_PURPOSE);
    }

    @Test
    void wantsAnAcceptedPathForEverySigner() throws Exception {
        SignedRecord both = RecordSigner.countersign(sign(ALICE), CARD, PKI.now());
        var onlyOne = Accepted.by(PKI, ALICE);
        assertRefused(() -> both.verify(ContentPurpose.MEMBERSHIP, onlyOne), RecordFailure.SIGNER_NOT_ACCEPTED);
        assertRefused(() -> both.verify(ContentPurpose.MEMBERSHIP, List.of()), RecordFailure.SIGNER_NOT_ACCEPTED);
    }

    /// Another certificate of the same key is another certificate: the signature covers the hash of one.
    @Test
    void aCertificateOfTheSameKeyDoesNotStandIn() throws Exception {
        Identity renewed = PKI.client("alice@lab.example", ALICE.key());
        var accepted = Accepted.by(PKI, renewed);
        assertRefused(() -> sign(ALICE).verify(ContentPurpose.MEMBERSHIP, accepted), RecordFailure.SIGNER_NOT_ACCEPTED);
    }

    @Test
    void aSignatureOfOtherContentDoesNotHold() throws Exception {
        RecordSignature taken = RecordSigner.sign(
                        ALICE, ContentPurpose.MEMBERSHIP, "alice leaves".getBytes(StandardCharsets.UTF_8), PKI.now())
                .signatures()
                .getFirst();
        SignedRecord forged = new SignedRecord(ContentPurpose.MEMBERSHIP, CONTENT, List.of(taken));
        var accepted = Accepted.by(PKI, ALICE);
        assertRefused(
                () -> SignedRecord.parse(forged.der()).verify(ContentPurpose.MEMBERSHIP, accepted),
                RecordFailure.SIGNATURE_INVALID);
    }

    /// With one signature that holds and one that does not, nothing holds.
    @Test
    void everySignatureCounts() throws Exception {
        RecordSignature own = sign(CARD).signatures().getFirst();
        RecordSignature broken =
                new RecordSignature(own.signer(), own.signingTime().plusSeconds(1), own.value());
        SignedRecord forged = sign(ALICE).with(broken);
        var accepted = Accepted.by(PKI, ALICE, CARD);
        assertRefused(() -> forged.verify(ContentPurpose.MEMBERSHIP, accepted), RecordFailure.SIGNATURE_INVALID);
    }

    @Test
    void nobodySignsTwiceAndNoThreeSign() {
        assertThatIllegalArgumentException().isThrownBy(() -> RecordSigner.countersign(sign(ALICE), ALICE, PKI.now()));
        SignedRecord two = RecordSigner.countersign(sign(ALICE), CARD, PKI.now());
        Identity third = PKI.client("alice@lab.example");
        assertThatIllegalArgumentException().isThrownBy(() -> RecordSigner.countersign(two, third, PKI.now()));
    }

    @ParameterizedTest
    @EnumSource(names = {"FILE", "CONTENT"})
    void lettersAndFilesAreNoRecords(ContentPurpose purpose) {
        assertThatIllegalArgumentException().isThrownBy(() -> RecordSigner.sign(ALICE, purpose, CONTENT, PKI.now()));
    }

    @Test
    void readsNothingLong() {
        assertRefused(() -> SignedRecord.parse(new byte[SignedRecord.MAX_BYTES + 1]), RecordFailure.TOO_LARGE);
    }

    @Test
    void opensslVerifiesARecordAlone(@TempDir Path directory) throws Exception {
        Openssl.require();
        SignedRecord both = RecordSigner.countersign(sign(ALICE), CARD, PKI.now());
        Files.write(directory.resolve("record.der"), both.der());
        Files.writeString(
                directory.resolve("chain.pem"),
                Pem.encode(PemLabel.CERTIFICATE, Certificates.der(PKI.issuing().certificate()))
                        + Pem.encode(
                                PemLabel.CERTIFICATE,
                                Certificates.der(PKI.root().certificate())));
        Openssl.succeed(
                directory,
                ("cms -verify -inform DER -in record.der -CAfile chain.pem -purpose any -binary -attime "
                                + PKI.now().getEpochSecond() + " -out content")
                        .split(" "));
        assertThat(directory.resolve("content")).hasBinaryContent(CONTENT);
    }

    private static void assertRefused(ThrowingCallable call, RecordFailure failure) {
        assertThatExceptionOfType(RecordException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
    }
}
