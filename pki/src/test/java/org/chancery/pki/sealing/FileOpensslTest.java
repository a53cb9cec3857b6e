package org.chancery.pki.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BEROctetString;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.BERTaggedObject;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.testing.Openssl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files between this project and `openssl cms`, both ways.
final class FileOpensslTest {
    private static final String PSS = " -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:32";
    private static final String OAEP =
            " -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256 -keyopt rsa_mgf1_md:sha256";

    private final Room room = new Room();

    @TempDir
    private Path directory;

    @BeforeEach
    void writeCertificates() throws Exception {
        Openssl.require();
        PemFiles.write(directory, "alice", room.alice);
        PemFiles.write(directory, "bob", room.bob);
        PemFiles.writeCertificates(
                directory.resolve("issuing.pem"), room.alice.chain().issuers());
        PemFiles.writeCertificates(
                directory.resolve("root.pem"), room.pki.trustAnchors().certificates());
        Files.write(directory.resolve("in"), new byte[100_000]);
    }

    @Test
    void opensslOpensWhatWeSealed() throws Exception {
        try (var in = Files.newInputStream(directory.resolve("in"))) {
            new FileSealer(Room.RANDOM)
                    .seal(
                            room.alice,
                            Room.NOW,
                            List.of(room.bob.chain().leaf(), room.carol.chain().leaf()),
                            in,
                            directory.resolve("sealed.cms"),
                            false);
        }

        openssl("cms -decrypt -inform DER -in sealed.cms -recip bob.pem -inkey bob.key -binary -out signed.der");
        openssl("cms -verify -inform DER -in signed.der -CAfile root.pem -purpose any -binary -out out -attime "
                + Room.NOW.getEpochSecond());

        assertThat(directory.resolve("out")).hasSameBinaryContentAs(directory.resolve("in"));
    }

    /// Recipient and signer by issuer and serial number or by key identifier; BER with and without indefinite lengths.
    @ParameterizedTest
    @ValueSource(strings = {"", " -keyid", " -stream", " -noindef"})
    void weOpenWhatOpensslSealed(String form) throws Exception {
        sign(PSS + (form.equals(" -keyid") ? form : ""));
        encrypt("-aes-256-gcm" + form, OAEP);

        open();

        assertThat(directory.resolve("out")).hasSameBinaryContentAs(directory.resolve("in"));
    }

    @Test
    void weOpenSignedDataOfIndefiniteLengths() throws Exception {
        sign(PSS);
        Path signed = directory.resolve("signed.der");
        Files.write(signed, indefinite(Files.readAllBytes(signed)));
        encrypt("-aes-256-gcm", OAEP);

        open();

        assertThat(directory.resolve("out")).hasSameBinaryContentAs(directory.resolve("in"));
    }

    @Test
    void signatureByPkcs1IsUnsupported() {
        sign("");
        encrypt("-aes-256-gcm", OAEP);

        assertRefused(EnvelopeFailure.UNSUPPORTED_ALGORITHM);
    }

    @Test
    void encryptionWithoutTagIsUnsupported() {
        sign(PSS);
        encrypt("-aes-256-cbc", OAEP);

        assertRefused(EnvelopeFailure.UNSUPPORTED_ALGORITHM);
    }

    @Test
    void shorterKeyIsUnsupported() {
        sign(PSS);
        encrypt("-aes-128-gcm", OAEP);

        assertRefused(EnvelopeFailure.UNSUPPORTED_ALGORITHM);
    }

    @Test
    void keyTransportByPkcs1IsUnsupported() {
        sign(PSS);
        encrypt("-aes-256-gcm", "");

        assertRefused(EnvelopeFailure.UNSUPPORTED_ALGORITHM);
    }

    @Test
    void oaepWithSha1IsUnsupported() {
        sign(PSS);
        encrypt("-aes-256-gcm", " -keyopt rsa_padding_mode:oaep");

        assertRefused(EnvelopeFailure.UNSUPPORTED_ALGORITHM);
    }

    @Test
    void oaepWithALabelIsUnsupported() {
        sign(PSS);
        encrypt("-aes-256-gcm", OAEP + " -keyopt rsa_oaep_label:6c6162656c");

        assertRefused(EnvelopeFailure.UNSUPPORTED_ALGORITHM);
    }

    @Test
    void encryptedButUnsignedIsMalformed() throws Exception {
        Files.copy(directory.resolve("in"), directory.resolve("signed.der"));
        encrypt("-aes-256-gcm", OAEP);

        assertRefused(EnvelopeFailure.MALFORMED);
    }

    @Test
    void signedForAnotherPurposeIsNoFile() {
        sign(PSS + " -econtent_type 2.25.241312635857176871309601094129990821706.1.1");
        encrypt("-aes-256-gcm", OAEP);

        assertRefused(EnvelopeFailure.WRONG_PURPOSE);
    }

    @Test
    void signatureWithoutCertificateIsByNobodyKnown() {
        sign(PSS + " -nocerts");
        encrypt("-aes-256-gcm", OAEP);

        assertRefused(EnvelopeFailure.SIGNER_UNKNOWN);
    }

    @Test
    void signatureWithoutAttributesIsMalformed() {
        sign(PSS + " -noattr");
        encrypt("-aes-256-gcm", OAEP);

        assertRefused(EnvelopeFailure.MALFORMED);
    }

    private void sign(String options) {
        openssl("cms -sign -nodetach -binary -md sha256 -in in -signer alice.pem -inkey alice.key -certfile issuing.pem"
                + " -outform DER -out signed.der" + options);
    }

    private void encrypt(String cipher, String recipientOptions) {
        openssl("cms -encrypt -binary -in signed.der -outform DER -out sealed.cms " + cipher + " -recip bob.pem"
                + recipientOptions);
    }

    private void open() throws Exception {
        FileTrust trust = new FileTrust(
                new PathValidator(room.pki.trustAnchors()), new Revocation.NotChecked(), Room.NOW, List.of());
        new FileOpener(room.bob.key(), room.bob.chain().leaf(), trust)
                .open(directory.resolve("sealed.cms"), directory.resolve("out"), false);
    }

    private void assertRefused(EnvelopeFailure failure) {
        EnvelopeException refusal = catchThrowableOfType(EnvelopeException.class, this::open);
        assertThat(refusal).as("nothing was refused").isNotNull();
        assertThat(refusal.failure()).isEqualTo(failure);
        assertThat(directory.resolve("out")).doesNotExist();
    }

    /// The same SignedData as a streaming writer leaves it: indefinite lengths, and the content in pieces.
    private static byte[] indefinite(byte[] contentInfoDer) throws Exception {
        ASN1Sequence contentInfo = ASN1Sequence.getInstance(contentInfoDer);
        ASN1Encodable[] signedData = ASN1Sequence.getInstance(
                        ASN1TaggedObject.getInstance(contentInfo.getObjectAt(1)), true)
                .toArray();
        ASN1Encodable[] content = ASN1Sequence.getInstance(signedData[2]).toArray();
        ASN1OctetString octets = ASN1OctetString.getInstance(ASN1TaggedObject.getInstance(content[1]), true);
        content[1] = new BERTaggedObject(true, 0, new BEROctetString(octets.getOctets(), 1000));
        signedData[2] = new BERSequence(content);
        BERTaggedObject tagged = new BERTaggedObject(true, 0, new BERSequence(signedData));
        return new BERSequence(new ASN1Encodable[] {contentInfo.getObjectAt(0), tagged}).getEncoded("BER");
    }

    private void openssl(String command) {
        Openssl.succeed(directory, command.split(" "));
    }
}
