package org.chancery.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.record.VerifiedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.VectorFile;
import org.chancery.pki.testing.VectorFile.Case;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.device.DeviceStatement;
import org.chancery.protocol.key.EnvelopeKey;
import org.chancery.protocol.key.EnvelopeKeyStatement;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.MembershipEntry;
import org.junit.jupiter.api.Test;

/// `docs/vectors/records.txt`: what people sign and everybody verifies. Signatures are made by chance, so they are
/// only made where there are none.
final class RecordVectorsTest {
    private static final String FILE = "records.txt";

    @Test
    void verify() throws Exception {
        if (VectorFile.writes() && !Files.exists(VectorFile.path(FILE))) {
            write();
        }
        List<Case> all = VectorFile.read(FILE);
        Case people = all.getFirst();
        Map<String, ValidatedPath> paths = Map.of("laptop", path(people, "laptop"), "phone", path(people, "phone"));
        DeviceChain chain = null;
        int keys = 0;
        int rooms = 0;
        for (Case vector : all.subList(1, all.size())) {
            ContentPurpose purpose = ContentPurpose.valueOf(vector.text("purpose"));
            SignedRecord record = EncodedRecord.of(vector.octets("record")).parse();
            assertThat(record.der()).isEqualTo(vector.octets("record"));
            assertThat(record.hash().bytes()).isEqualTo(vector.octets("hash"));
            assertThat(record.content()).isEqualTo(vector.octets("content"));
            List<ValidatedPath> signers = List.of(vector.text("signers").split(" ")).stream()
                    .map(paths::get)
                    .toList();
            VerifiedRecord verified = record.verify(purpose, signers);
            switch (purpose) {
                case DEVICE_ENTRY -> {
                    DeviceStatement said = DeviceStatement.of(verified);
                    assertThat(said.entry().encode()).isEqualTo(vector.octets("content"));
                    chain = chain == null ? DeviceChain.begin(said) : chain.apply(said);
                }
                case ENVELOPE_KEY -> {
                    assertThat(EnvelopeKeyStatement.of(verified).key().encode()).isEqualTo(vector.octets("content"));
                    keys++;
                }
                case MEMBERSHIP -> {
                    assertThat(Amendment.of(verified).room().hex()).isEqualTo(vector.text("room"));
                    rooms++;
                }
                default -> throw new AssertionError(purpose);
            }
        }
        assertThat(Objects.requireNonNull(chain).devices()).hasSize(2);
        assertThat(keys).isEqualTo(1);
        assertThat(rooms).isEqualTo(1);
    }

    private static ValidatedPath path(Case people, String device) throws Exception {
        X509Certificate root = Certificates.parse(people.octets("root"));
        return new PathValidator(TrustAnchors.of(root))
                .validate(ValidationRequest.of(Certificates.parse(people.octets(device)))
                        .untrusted(List.of(Certificates.parse(people.octets("issuer"))))
                        .purpose(Purpose.CLIENT)
                        .at(Instant.parse(people.text("time")))
                        .revocation(new Revocation.NotChecked()));
    }

    private static void write() throws Exception {
        TestPki pki = TestPki.create();
        Identity laptop = pki.client("alice@lab.example");
        Identity phone = pki.client("alice@lab.example", TestKeys.ec("phone of a vector"));
        VectorFile file = new VectorFile("""
                Records, a CMS SignedData each, by two devices of one person. First `root`, `issuer` and the certificates
                of the two, and when they signed. Then each record with its `content`, for what `purpose` it was signed,
                by whom, and its SHA-256, by which what follows names it.""");
        file.add(new Case()
                .with("root", Certificates.der(pki.root().certificate()))
                .with("issuer", Certificates.der(pki.issuing().certificate()))
                .with("laptop", Certificates.der(laptop.chain().leaf()))
                .with("phone", Certificates.der(phone.chain().leaf()))
                .with("time", pki.now().toString()));
        DeviceEntry first = DeviceChain.first(laptop.address(), laptop.deviceId());
        SignedRecord begun = RecordSigner.sign(laptop, ContentPurpose.DEVICE_ENTRY, first.encode(), pki.now());
        file.add(vector(ContentPurpose.DEVICE_ENTRY, "laptop", begun));
        DeviceEntry added =
                new DeviceEntry(laptop.address(), Optional.of(begun.hash()), new DeviceEntry.Act.Add(phone.deviceId()));
        file.add(vector(
                ContentPurpose.DEVICE_ENTRY,
                "phone laptop",
                RecordSigner.countersign(
                        RecordSigner.sign(phone, ContentPurpose.DEVICE_ENTRY, added.encode(), pki.now()),
                        laptop,
                        pki.now())));
        EnvelopeKey key = new EnvelopeKey(
                phone.address(),
                phone.deviceId(),
                1,
                (RSAPublicKey) TestKeys.envelope("of a vector").publicKey(),
                pki.now());
        file.add(vector(
                ContentPurpose.ENVELOPE_KEY,
                "phone",
                RecordSigner.sign(phone, ContentPurpose.ENVELOPE_KEY, key.encode(), pki.now())));
        MembershipEntry create = new MembershipEntry.Create(HexFormat.of().parseHex("4e".repeat(32)));
        SignedRecord room = RecordSigner.sign(laptop, ContentPurpose.MEMBERSHIP, create.encode(), pki.now());
        file.add(vector(ContentPurpose.MEMBERSHIP, "laptop", room)
                .with("room", ConversationId.room(room.hash()).hex()));
        file.requireIn(FILE);
    }

    private static Case vector(ContentPurpose purpose, String signers, SignedRecord record) {
        return new Case()
                .with("purpose", purpose.name())
                .with("signers", signers)
                .with("content", record.content())
                .with("record", record.der())
                .with("hash", record.hash().bytes());
    }
}
