package org.chancery.pki.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.cms.Cms;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.SealBody;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.testing.Openssl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A delivered letter by `openssl cms`, as anyone may check it.
final class EnvelopeOpensslTest {
    private final Room room = new Room();

    @TempDir
    private Path directory;

    @BeforeEach
    void writeCertificates() throws Exception {
        Openssl.require();
        PemFiles.write(directory, "bob", room.bob);
        PemFiles.writeCertificates(
                directory.resolve("alice.pem"), List.of(room.alice.chain().leaf()));
        PemFiles.writeCertificates(
                directory.resolve("chain.pem"),
                List.of(room.pki.issuing().certificate(), room.pki.root().certificate()));
    }

    @Test
    void decryptsAndVerifiesEveryLetterOfAnEpoch() throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            for (int counter = 1; counter <= 2; counter++) {
                Letter letter = room.letter(epoch, counter, "letter " + counter);
                Files.write(directory.resolve("letter.der"), room.deliver(epoch, letter));

                decrypt();
                verify();

                assertThat(directory.resolve("letter.txt")).hasContent("letter " + counter);
                assertThat(directory.resolve("signed.der"))
                        .hasBinaryContent(
                                room.openAsBob(room.deliver(epoch, letter)).signedData());
            }
        }
    }

    @Test
    void printsTheHeaderInTheOpen() throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            Files.write(directory.resolve("letter.der"), room.deliver(epoch, room.letter(epoch, 1, "text")));

            String printed = Openssl.succeed(
                            directory, "cms", "-cmsout", "-print", "-inform", "DER", "-in", "letter.der")
                    .out();

            assertThat(printed)
                    .contains("id-smime-ct-authEnvelopedData", "aes-256-gcm", "rsaesOaep")
                    .contains(LetterHeader.OID);
        }
    }

    /// `openssl cms` has no option for a signed attribute of our own, so it writes no letter by itself. But what is
    /// secret in one can all be its work: the wrap, the commitment and the signature.
    @Test
    void opensALetterWhoseKeysOpensslHasUsed() throws Exception {
        byte[] key = new byte[ContentKey.BYTES];
        Room.RANDOM.nextBytes(key);
        Files.write(directory.resolve("key"), key);
        Openssl.succeed(directory, "pkey -in bob.key -pubout -out bob.pub".split(" "));
        Openssl.succeed(
                directory,
                ("pkeyutl -encrypt -pubin -inkey bob.pub -in key -out wrap -pkeyopt rsa_padding_mode:oaep"
                                + " -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256")
                        .split(" "));
        KeyTransRecipient recipient = new KeyTransRecipient(
                Certificates.subjectKeyIdentifier(room.bob.chain().leaf()),
                Files.readAllBytes(directory.resolve("wrap")));
        Wrap wrap = new Wrap(room.bob.deviceId(), 0, recipient.der());
        SealBody body = new SealBody(
                room.conversation, room.alice.deviceId(), Room.members(room.alice, room.bob), List.of(wrap));
        LetterHeader header = new LetterHeader(
                LetterHeader.VERSION,
                room.conversation,
                room.alice.deviceId(),
                body.id(),
                room.chain,
                1,
                commitment(key, body.id()));
        byte[] signedData = signedByOpenssl(header, "by another hand");

        OpenedEnvelope opened = room.openAsBob(EnvelopeStapler.staple(encrypted(key, header, signedData), wrap));

        assertThat(opened.content()).asString(StandardCharsets.UTF_8).isEqualTo("by another hand");
        assertThat(opened.signedData()).isEqualTo(signedData);
    }

    private byte[] commitment(byte[] key, byte[] sealId) throws Exception {
        byte[] label = "chancery seal v1\0".getBytes(StandardCharsets.US_ASCII);
        Files.write(
                directory.resolve("committed"),
                ByteBuffer.allocate(label.length + sealId.length)
                        .put(label)
                        .put(sealId)
                        .array());
        String hex = HexFormat.of().formatHex(key);
        Openssl.succeed(
                directory,
                ("mac -digest SHA256 -macopt hexkey:" + hex + " -binary -in committed -out mac HMAC").split(" "));
        return Files.readAllBytes(directory.resolve("mac"));
    }

    /// What stands around the signature is public, and the signature is the last thing in it.
    private byte[] signedByOpenssl(LetterHeader header, String text) throws Exception {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Files.write(
                directory.resolve("attributes"),
                LetterAttributes.der(
                        ContentPurpose.CONTENT,
                        Cms.sha256(content),
                        Room.NOW,
                        Cms.sha256(room.alice.chain().leaf()),
                        header));
        PemFiles.write(directory, "alice", room.alice);
        Openssl.succeed(
                directory,
                ("dgst -sha256 -sign alice.key -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32"
                                + " -out signature attributes")
                        .split(" "));
        byte[] signature = Files.readAllBytes(directory.resolve("signature"));
        byte[] ours = SignedLetter.sign(room.alice, ContentPurpose.CONTENT, header, content, Room.NOW);
        byte[] theirs = ours.clone();
        System.arraycopy(signature, 0, theirs, theirs.length - signature.length, signature.length);
        assertThat(theirs).isNotEqualTo(ours); // the salt is another
        return theirs;
    }

    private static Letter encrypted(byte[] key, LetterHeader header, byte[] signedData) throws Exception {
        byte[] nonce = new byte[Letter.NONCE_BYTES];
        Room.RANDOM.nextBytes(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(Letter.TAG_BYTES * Byte.SIZE, nonce));
        byte[] sealed = cipher.doFinal(signedData);
        return new Letter(
                header,
                nonce,
                Arrays.copyOf(sealed, signedData.length),
                Arrays.copyOfRange(sealed, signedData.length, sealed.length));
    }

    private void decrypt() {
        Openssl.succeed(
                directory,
                "cms -decrypt -inform DER -in letter.der -recip bob.pem -inkey bob.key -binary -out signed.der"
                        .split(" "));
    }

    private void verify() {
        Openssl.succeed(
                directory,
                ("cms -verify -inform DER -in signed.der -certfile alice.pem -CAfile chain.pem -purpose any -binary"
                                + " -attime " + Room.NOW.getEpochSecond() + " -out letter.txt")
                        .split(" "));
    }
}
