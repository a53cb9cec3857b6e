package org.chancery.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
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
import org.chancery.protocol.device.DeviceException;
import org.chancery.protocol.device.DeviceStatement;
import org.chancery.protocol.key.EnvelopeKey;
import org.chancery.protocol.key.EnvelopeKeyStatement;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipBounds;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.MembershipException;
import org.chancery.protocol.membership.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// `docs/vectors/records.txt`: what people sign and everybody verifies. Signatures are made by chance, so they are
/// only made where there are none.
final class RecordVectorsTest {
    private static final String FILE = "records.txt";
    private static final List<String> DEVICES = List.of("laptop", "phone", "tablet", "bob", "carol");

    private @Nullable DeviceChain chain;
    private @Nullable Membership room;
    private int keys;
    private int refusals;

    @Test
    void verify() throws Exception {
        if (VectorFile.writes() && !Files.exists(VectorFile.path(FILE))) {
            new Writer().write();
        }
        List<Case> all = VectorFile.read(FILE);
        Case people = all.getFirst();
        Map<String, ValidatedPath> paths = new HashMap<>();
        for (String device : DEVICES) {
            paths.put(device, path(people, device));
        }
        for (Case vector : all.subList(1, all.size())) {
            SignedRecord record = EncodedRecord.of(vector.octets("record")).parse();
            assertThat(record.der()).isEqualTo(vector.octets("record"));
            assertThat(record.hash().bytes()).isEqualTo(vector.octets("hash"));
            assertThat(record.content()).isEqualTo(vector.octets("content"));
            List<ValidatedPath> signers =
                    Stream.of(vector.text("signers").split(" ")).map(paths::get).toList();
            VerifiedRecord verified = record.verify(ContentPurpose.valueOf(vector.text("purpose")), signers);
            String refused = "";
            try {
                apply(vector, verified);
            } catch (DeviceException e) {
                refused = e.failure().name();
            } catch (MembershipException e) {
                refused = e.failure().name();
            }
            assertThat(refused).isEqualTo(vector.has("refused") ? vector.text("refused") : "");
            refusals += refused.isEmpty() ? 0 : 1;
        }
        assertThat(Objects.requireNonNull(chain).devices()).hasSize(1);
        assertThat(chain.ended()).hasSize(2);
        assertThat(Objects.requireNonNull(room).members()).hasSize(1);
        assertThat(keys).isEqualTo(1);
        assertThat(refusals).isEqualTo(13);
    }

    private void apply(Case vector, VerifiedRecord verified) throws Exception {
        switch (ContentPurpose.valueOf(vector.text("purpose"))) {
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
                Amendment said = Amendment.of(verified);
                assertThat(said.room().hex()).isEqualTo(vector.text("room"));
                room = room == null ? Membership.begin(said) : room.apply(said, MembershipBounds.PROTOCOL);
            }
            default -> throw new AssertionError(vector.text("purpose"));
        }
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

    private static final class Writer {
        private final TestPki pki = TestPki.create();
        private final Map<String, Identity> devices = new LinkedHashMap<>();
        private final VectorFile file = new VectorFile("""
                Records, a CMS SignedData each. First `root`, `issuer` and the certificates of three devices of Alice and of Bob and
                Carol, and when they signed. Then each record with its `content`, for what `purpose` it was signed, by whom, and
                its SHA-256, by which what follows names it. Device entries are Alice's chain, one behind the other, and
                membership entries a room. One that is `refused` is applied to what was before it, and changes nothing.""");
        private Optional<Digest> head = Optional.empty();
        private Digest last = Digest.NONE;
        private ConversationId room = new ConversationId("00".repeat(32));

        void write() throws Exception {
            devices.put("laptop", pki.client("alice@lab.example"));
            devices.put("phone", pki.client("alice@lab.example", TestKeys.ec("phone of a vector")));
            devices.put("tablet", pki.client("alice@lab.example", TestKeys.ec("tablet of a vector")));
            devices.put("bob", pki.client("bob@lab.example", TestKeys.ec("bob of a vector")));
            devices.put("carol", pki.client("carol@lab.example", TestKeys.ec("carol of a vector")));
            Case people = new Case()
                    .with("root", Certificates.der(pki.root().certificate()))
                    .with("issuer", Certificates.der(pki.issuing().certificate()));
            devices.forEach((name, device) ->
                    people.with(name, Certificates.der(device.chain().leaf())));
            file.add(people.with("time", pki.now().toString()));
            chain();
            key();
            room();
            file.requireIn(FILE);
        }

        private Identity device(String name) {
            return Objects.requireNonNull(devices.get(name));
        }

        private Case signed(ContentPurpose purpose, byte[] content, String... signers) {
            SignedRecord record = RecordSigner.sign(device(signers[0]), purpose, content, pki.now());
            if (signers.length > 1) {
                record = RecordSigner.countersign(record, device(signers[1]), pki.now());
            }
            return new Case()
                    .with("purpose", purpose.name())
                    .with("signers", String.join(" ", signers))
                    .with("content", content)
                    .with("record", record.der())
                    .with("hash", record.hash().bytes());
        }

        private void chain() throws Exception {
            refusedDevice("NOT_THE_BEGINNING", new DeviceEntry.Act.End(id("laptop")), "laptop");
            refusedDevice("STRANGER", add("laptop"), "laptop", "phone");
            enter(add("laptop"), "laptop");
            refusedDevice("NOT_COUNTERSIGNED", add("phone"), "laptop");
            refusedDevice("NOT_ON_CHAIN", add("phone"), "phone");
            refusedDevice("OTHER_ADDRESS", add("phone"), "laptop", "bob");
            enter(add("phone"), "phone", "laptop");
            enter(new DeviceEntry.Act.Replace(id("phone"), id("tablet")), "laptop", "tablet");
            refusedDevice("ENDED", add("phone"), "phone", "laptop");
            refusedDevice("NO_SUCH_DEVICE", new DeviceEntry.Act.End(id("phone")), "laptop");
            Optional<Digest> before = head;
            head = Optional.of(Digest.NONE);
            refusedDevice("STALE", new DeviceEntry.Act.End(id("laptop")), "laptop");
            head = before;
            enter(new DeviceEntry.Act.End(id("laptop")), "laptop", "tablet");
        }

        private DeviceId id(String device) {
            return device(device).deviceId();
        }

        private DeviceEntry.Act add(String device) {
            return new DeviceEntry.Act.Add(id(device));
        }

        private Case device(DeviceEntry.Act act, String... signers) throws Exception {
            return signed(
                    ContentPurpose.DEVICE_ENTRY,
                    new DeviceEntry(device("laptop").address(), head, act).encode(),
                    signers);
        }

        private void enter(DeviceEntry.Act act, String... signers) throws Exception {
            Case entry = device(act, signers);
            head = Optional.of(Digest.ofBytes(entry.octets("hash")));
            file.add(entry);
        }

        private void refusedDevice(String refused, DeviceEntry.Act act, String... signers) throws Exception {
            file.add(device(act, signers).with("refused", refused));
        }

        private void key() throws Exception {
            EnvelopeKey key = new EnvelopeKey(
                    device("tablet").address(),
                    id("tablet"),
                    1,
                    (RSAPublicKey) TestKeys.envelope("of a vector").publicKey(),
                    pki.now());
            file.add(signed(ContentPurpose.ENVELOPE_KEY, key.encode(), "tablet"));
        }

        private void room() throws Exception {
            byte[] nonce = HexFormat.of().parseHex("4e".repeat(32));
            Case create = signed(ContentPurpose.MEMBERSHIP, new MembershipEntry.Create(nonce).encode(), "tablet");
            last = Digest.ofBytes(create.octets("hash"));
            room = ConversationId.room(last);
            file.add(create.with("room", room.hex()));
            Address bob = device("bob").address();
            Address carol = device("carol").address();
            change(new Act.Invite(bob, Role.MEMBER), "tablet");
            refusedChange("NOT_INVITED", new Act.Accept(), "tablet");
            change(new Act.Accept(), "bob");
            refusedChange("NOT_AN_OWNER", new Act.Invite(carol, Role.MEMBER), "bob");
            refusedChange("LAST_OWNER", new Act.Leave(), "tablet");
            refusedChange("NOT_A_MEMBER", new Act.Leave(), "carol");
            refusedChange("ALREADY_A_MEMBER", new Act.Invite(bob, Role.OWNER), "tablet");
            change(new Act.Remove(bob), "tablet");
            change(new Act.Invite(bob, Role.OWNER), "tablet");
            change(new Act.Accept(), "bob");
            change(new Act.Leave(), "tablet");
        }

        private Case change(Act act, Digest predecessor, String signer) {
            return signed(
                            ContentPurpose.MEMBERSHIP,
                            new MembershipEntry.Change(room, predecessor, act).encode(),
                            signer)
                    .with("room", room.hex());
        }

        private void change(Act act, String signer) {
            Case entry = change(act, last, signer);
            last = Digest.ofBytes(entry.octets("hash"));
            file.add(entry);
        }

        private void refusedChange(String refused, Act act, String signer) {
            file.add(change(act, last, signer).with("refused", refused));
        }
    }
}
