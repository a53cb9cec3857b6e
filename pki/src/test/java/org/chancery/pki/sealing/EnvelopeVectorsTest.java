package org.chancery.pki.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.KeyIdentifiers;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.envelope.FileShape;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealBody;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.envelope.StapledEnvelope;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyPairs;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.VectorFile;
import org.chancery.pki.testing.VectorFile.Case;
import org.junit.jupiter.api.Test;

/// The vectors of `docs/vectors` that are about sealing: what is computed is what stands there, and what stands there
/// is read.
final class EnvelopeVectorsTest {
    private static final ConversationId CONVERSATION = new ConversationId("c0".repeat(32));
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");

    private static byte[] filled(int length, int value) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return octets;
    }

    private static Wrap wrap(int device, int number) {
        byte[] recipient = new KeyTransRecipient(filled(20, device), filled(384, number)).der();
        return new Wrap(DeviceId.ofBytes(filled(32, device)), number, recipient);
    }

    private static SealBody inARoom() {
        return new SealBody(
                CONVERSATION,
                DeviceId.ofBytes(filled(32, 0xd1)),
                filled(32, 0x3e),
                List.of(
                        new SealMember(ALICE, Optional.of(Digest.ofBytes(filled(32, 1)))),
                        new SealMember(BOB, Optional.of(Digest.ofBytes(filled(32, 2))))),
                List.of(wrap(0xb1, 3), wrap(0xd1, 12)));
    }

    private static SealBody between() {
        return new SealBody(
                ConversationId.direct(ALICE, BOB),
                DeviceId.ofBytes(filled(32, 0xd1)),
                List.of(
                        new SealMember(ALICE, Optional.of(Digest.ofBytes(filled(32, 1)))),
                        new SealMember(BOB, Optional.of(Digest.ofBytes(filled(32, 2))))),
                List.of(wrap(0xb1, 300)));
    }

    @Test
    void seals() throws Exception {
        VectorFile file = new VectorFile("""
                Seals: the DER of the body (SealBody, see docs/protocol-bytes.md), its id, which is the SHA-256 of that,
                an epoch's key, what commits to the two, and the DER of the whole as it is published.
                The wraps hold no real ciphertext; letter.txt has one that opens.""");
        int value = 0x70;
        for (SealBody body : List.of(between(), inARoom())) {
            byte[] key = filled(ContentKey.BYTES, value++);
            try (ContentKey epoch =
                    ContentKey.unwrap(wrapped(key), TestKeys.envelope("vectors").exposedPrivateKey())) {
                Seal seal = new Seal(body, epoch.commitmentTo(body.id()));
                file.add(new Case()
                        .with("conversation", body.conversation().bytes())
                        .with("sender", body.sender().bytes())
                        .with("membership", body.membershipHead())
                        .with("members", members(body))
                        .with("id", body.id())
                        .with("key", key)
                        .with("commitment", seal.commitment())
                        .with("seal", seal.der()));
            }
        }
        file.requireIn("seals.txt");

        for (Case vector : VectorFile.read("seals.txt")) {
            Seal seal = Seal.parse(vector.octets("seal"));
            assertThat(seal.der()).isEqualTo(vector.octets("seal"));
            assertThat(seal.id()).isEqualTo(vector.octets("id"));
            assertThat(seal.commitment()).isEqualTo(vector.octets("commitment"));
            assertThat(seal.conversation().bytes()).isEqualTo(vector.octets("conversation"));
            assertThat(seal.sender().bytes()).isEqualTo(vector.octets("sender"));
            assertThat(seal.membershipHead()).isEqualTo(vector.octets("membership"));
        }
    }

    private static String members(SealBody body) {
        return body.members().stream()
                .map(member -> member.address() + " "
                        + member.chainHead().orElseThrow().hex())
                .collect(Collectors.joining(", "));
    }

    private static byte[] wrapped(byte[] key) {
        return KeyTransport.encrypt((RSAPublicKey) TestKeys.envelope("vectors").publicKey(), key);
    }

    @Test
    void files() throws Exception {
        VectorFile file = new VectorFile("""
                Sealed files: the plaintext is `length` octets, octet n of it is n modulo 251; it is sealed under `key`
                and `id` in chunks of `chunk` octets. `first` and `last` are the nonces of the first and the last chunk,
                `data` is the associated data of every chunk. `sealed` is what lies at the relay; where that is long its
                SHA-256 stands for it, and `end` is its last 48 octets.""");
        for (long length : new long[] {0, 1, 5, 16_384, 16_385, 40_000}) {
            FileShape shape = new FileShape(length, FileShape.MIN_CHUNK_BYTES);
            byte[] sealed = sealed(shape);
            Case added = new Case()
                    .with("length", length)
                    .with("chunk", shape.chunkBytes())
                    .with("key", filled(32, 7))
                    .with("id", filled(16, 9))
                    .with("first", nonce(0, shape))
                    .with("last", nonce(shape.chunks() - 1, shape))
                    .with("data", associatedData(shape))
                    .with("digest", Digest.over(plaintext(length)).bytes());
            file.add(
                    sealed.length < 1024
                            ? added.with("sealed", sealed)
                            : added.with("sha256", Digest.over(sealed).bytes())
                                    .with("end", Arrays.copyOfRange(sealed, sealed.length - 48, sealed.length)));
        }
        file.requireIn("files.txt");

        for (Case vector : VectorFile.read("files.txt")) {
            FileShape shape = new FileShape(vector.number("length"), Math.toIntExact(vector.number("chunk")));
            byte[] sealed = vector.has("sealed") ? vector.octets("sealed") : sealed(shape);
            ByteArrayOutputStream opened = new ByteArrayOutputStream();
            OpenedFile opening = new OpenedFile(
                    FileKey.ofBytes(vector.octets("key")),
                    FileId.ofBytes(vector.octets("id")),
                    shape,
                    Digest.ofBytes(vector.octets("digest")),
                    opened);
            opening.take(sealed);
            opening.finish();
            assertThat(opened.toByteArray()).isEqualTo(plaintext(shape.length()));
            if (vector.has("sha256")) {
                assertThat(Digest.over(sealed).bytes()).isEqualTo(vector.octets("sha256"));
            }
        }
    }

    private static byte[] sealed(FileShape shape) {
        ChunkCipher cipher = new ChunkCipher(FileKey.ofBytes(filled(32, 7)), FileId.ofBytes(filled(16, 9)), shape);
        byte[] plaintext = plaintext(shape.length());
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        for (int chunk = 0; chunk < shape.chunks(); chunk++) {
            int from = chunk * shape.chunkBytes();
            sealed.writeBytes(cipher.seal(chunk, Arrays.copyOfRange(plaintext, from, from + shape.plaintextOf(chunk))));
        }
        return sealed.toByteArray();
    }

    private static byte[] plaintext(long length) {
        byte[] octets = new byte[Math.toIntExact(length)];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i % 251);
        }
        return octets;
    }

    /// As docs/protocol-bytes.md draws it, and not as the cipher computes it.
    private static byte[] nonce(int chunk, FileShape shape) {
        byte[] nonce = new byte[12];
        nonce[7] = (byte) (chunk >>> 24);
        nonce[8] = (byte) (chunk >>> 16);
        nonce[9] = (byte) (chunk >>> 8);
        nonce[10] = (byte) chunk;
        nonce[11] = (byte) (chunk == shape.chunks() - 1 ? 1 : 0);
        return nonce;
    }

    private static byte[] associatedData(FileShape shape) {
        ByteBuffer data = ByteBuffer.allocate(17 + 16 + 8 + 4);
        data.put("chancery file v1\0".getBytes(StandardCharsets.US_ASCII)).put(filled(16, 9));
        return data.putLong(shape.length()).putInt(shape.chunkBytes()).array();
    }

    /// Nonces, paddings and keys are drawn by chance, so this one is not computed again, only made where there is none.
    @Test
    void aWholeLetterOpens() throws Exception {
        if (VectorFile.writes() && !Files.exists(VectorFile.path("letter.txt"))) {
            writeLetter();
        }
        Case vector = VectorFile.read("letter.txt").getFirst();
        byte[] delivered = vector.octets("delivered");
        Seal seal = Seal.parse(vector.octets("seal"));
        Letter letter = Letter.parse(vector.octets("letter"));
        StapledEnvelope parts = EnvelopeStapler.parse(delivered);
        assertThat(letter.der()).isEqualTo(vector.octets("letter"));
        assertThat(letter.hash().bytes()).isEqualTo(vector.octets("hash"));
        assertThat(letter.header().der()).isEqualTo(vector.octets("header"));
        assertThat(letter.nonce()).isEqualTo(vector.octets("nonce"));
        assertThat(letter.tag()).isEqualTo(vector.octets("tag"));
        assertThat(letter.header().sealId()).isEqualTo(seal.id()).isEqualTo(vector.octets("sealid"));
        assertThat(letter.header().commitment()).isEqualTo(vector.octets("commitment"));
        assertThat(parts.recipient().der()).isEqualTo(vector.octets("recipient"));
        assertThat(EnvelopeStapler.staple(letter, seal.wraps().getFirst())).isEqualTo(delivered);
        assertThat(seal.wraps().getFirst().keyNumber()).isEqualTo(1);
        PrivateKey key =
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(vector.octets("receiver")));
        try (ContentKey epoch = ContentKey.unwrap(parts.recipient().encryptedKey(), key)) {
            assertThat(epoch.exposedOctets()).isEqualTo(vector.octets("key"));
            assertThat(epoch.commitmentTo(seal.id())).isEqualTo(vector.octets("commitment"));
        }
        X509Certificate leaf = Certificates.parse(vector.octets("sender"));
        ValidatedPath path = new PathValidator(TrustAnchors.of(Certificates.parse(vector.octets("root"))))
                .validate(ValidationRequest.of(leaf)
                        .untrusted(List.of(Certificates.parse(vector.octets("issuer"))))
                        .purpose(Purpose.CLIENT)
                        .at(Instant.parse(vector.text("time")))
                        .revocation(new Revocation.NotChecked()));
        byte[] wanted = vector.octets("identifier");
        try (EnvelopeOpener opener = new EnvelopeOpener(identifier -> Arrays.equals(identifier, wanted)
                ? new ReceivingKeys.Found.Held(key)
                : new ReceivingKeys.Found.Unknown())) {
            OpenedEnvelope opened = opener.open(delivered, ContentPurpose.CONTENT, _ -> Optional.of(path));
            assertThat(opened.content()).isEqualTo(vector.octets("content"));
            assertThat(opened.signedData()).isEqualTo(vector.octets("signed"));
            assertThat(opened.signingTime()).isEqualTo(Instant.parse(vector.text("time")));
            delivered[delivered.length - 1] ^= 1;
            assertThatExceptionOfType(EnvelopeException.class)
                    .isThrownBy(() -> opener.open(delivered, ContentPurpose.CONTENT, _ -> Optional.of(path)))
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(EnvelopeFailure.DECRYPTION_FAILED));
        }
    }

    /// What `content` says is in contents.txt, too.
    private static void writeLetter() throws Exception {
        TestPki pki = TestPki.create();
        Identity alice = pki.client(ALICE.value());
        // Not of the pool, for this one is published.
        SigningKey pair = KeyPairs.generate(KeyAlgorithm.RSA_3072, Room.RANDOM);
        DeviceId bob = DeviceId.ofBytes(filled(32, 0xb1));
        byte[] content = VectorFile.read("contents.txt").getFirst().octets("content");
        try (SealedEpoch epoch = new EnvelopeSealer(Room.RANDOM)
                .newEpoch(
                        ConversationId.direct(ALICE, BOB),
                        alice.deviceId(),
                        between().members(),
                        List.of(RecipientKey.of(bob, 1, (RSAPublicKey) pair.publicKey())))) {
            Letter letter = epoch.letter(
                    alice, ContentPurpose.CONTENT, ChainId.ofBytes(filled(16, 0xc1)), 7, content, pki.now());
            Wrap wrap = epoch.seal().wraps().getFirst();
            byte[] delivered = EnvelopeStapler.staple(letter, wrap);
            byte[] signed;
            byte[] key;
            PrivateKey own = pair.exposedPrivateKey();
            byte[] identifier = KeyIdentifiers.of(pair.publicKey());
            try (ContentKey unwrapped = ContentKey.unwrap(
                    EnvelopeStapler.parse(delivered).recipient().encryptedKey(), own)) {
                key = unwrapped.exposedOctets();
                signed = unwrapped.decrypt(letter);
            }
            LetterHeader header = letter.header();
            new VectorFile("""
                    A letter as it is delivered, and everything that is in it. `receiver` is the private key that it is
                    sealed to, PKCS #8, `public` its other half; `identifier` is how a wrap names that key. `root`, `issuer` and `sender` are the
                    certificates of the one who signed; `time` is when. `key` is the epoch's. `signed` is what is
                    encrypted, a SignedData; `content` is what is signed, a Content. With root.pem, issuer.pem and so on
                    made of these, `openssl cms -decrypt` and `-verify` open it (docs/protocol-bytes.md).
                    The keys were made for this file and are nobody's.""")
                    .add(new Case()
                            .with("receiver", own.getEncoded())
                            .with("public", pair.publicKey().getEncoded())
                            .with("identifier", identifier)
                            .with("root", Certificates.der(pki.root().certificate()))
                            .with("issuer", Certificates.der(pki.issuing().certificate()))
                            .with("sender", Certificates.der(alice.chain().leaf()))
                            .with("time", pki.now().toString())
                            .with("key", key)
                            .with("seal", epoch.seal().der())
                            .with("sealid", epoch.seal().id())
                            .with("commitment", header.commitment())
                            .with("header", header.der())
                            .with("letter", letter.der())
                            .with("hash", letter.hash().bytes())
                            .with("nonce", letter.nonce())
                            .with("tag", letter.tag())
                            .with("recipient", wrap.recipientInfoDer())
                            .with("delivered", delivered)
                            .with("signed", signed)
                            .with("content", content))
                    .requireIn("letter.txt");
        }
    }
}
