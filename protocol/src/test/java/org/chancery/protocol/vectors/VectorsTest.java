package org.chancery.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.KeyIdentifiers;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.testing.VectorFile;
import org.chancery.pki.testing.VectorFile.Case;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContinuedChain;
import org.chancery.protocol.content.SampleBodies;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.device.SafetyNumber;
import org.chancery.protocol.device.SixWords;
import org.chancery.protocol.frame.TranscriptHash;
import org.chancery.protocol.key.EnvelopeKey;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.Test;

/// The vectors of `docs/vectors` that are about what is said: what is computed is what stands there, and what stands
/// there is read and encodes to the same again. Protobufs stand there in octets and in protobuf's text format.
final class VectorsTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final ConversationId CONVERSATION = ConversationId.direct(ALICE, BOB);
    private static final DeviceId ONE = new DeviceId("d1".repeat(32));
    private static final DeviceId OTHER = new DeviceId("d2".repeat(32));
    private static final Digest BEFORE = digest("3e".repeat(32));

    private static Digest digest(String hex) {
        return Digest.ofBytes(HexFormat.of().parseHex(hex));
    }

    private static String text(Message message) {
        return TextFormat.printer()
                .emittingSingleLine(true)
                .printToString(message)
                .strip();
    }

    private static Content content(Body body) {
        return new Content(
                CONVERSATION,
                Optional.of(BOB),
                new ChainId("c1".repeat(16)),
                7,
                digest("77".repeat(32)).bytes(),
                5,
                digest("55".repeat(32)).bytes(),
                new byte[0],
                3,
                Instant.parse("2026-11-22T10:00:00.123Z"),
                body);
    }

    /// The first letter of a chain that goes on from another, and one of a room.
    private static List<Content> others() {
        Content between = content(new Body.Text("going on"));
        return List.of(
                new Content(
                        CONVERSATION,
                        Optional.of(BOB),
                        between.chain(),
                        1,
                        between.previousLetterHash(),
                        Optional.of(new ContinuedChain(new ChainId("c2".repeat(16)), 6)),
                        5,
                        between.lastTranscript(),
                        new byte[0],
                        0,
                        between.sentAt(),
                        between.body()),
                new Content(
                        ConversationId.room(BEFORE),
                        Optional.empty(),
                        between.chain(),
                        1,
                        new byte[0],
                        0,
                        new byte[0],
                        BEFORE.bytes(),
                        0,
                        between.sentAt(),
                        new Body.Text("in a room")));
    }

    @Test
    void contents() throws Exception {
        VectorFile file = new VectorFile("""
                Contents, one of each kind of body: `says` is the protobuf Content, `content` the octets that are
                signed, with their length before and zeros behind. Last a chain that goes on, and a room.""");
        List<Content> contents = new ArrayList<>();
        for (Body body : SampleBodies.ALL) {
            contents.add(content(body));
        }
        contents.addAll(others());
        for (Content content : contents) {
            byte[] encoded = content.encode();
            file.add(new Case().with("says", text(wire(encoded))).with("content", encoded));
        }
        file.requireIn("contents.txt");

        for (Case vector : VectorFile.read("contents.txt")) {
            byte[] octets = vector.octets("content");
            Content content = Content.decode(octets);
            assertThat(content.encode()).isEqualTo(octets);
            assertThat(text(wire(octets))).isEqualTo(vector.text("says"));
            contents.remove(content);
        }
        assertThat(contents).as("those that were not read").isEmpty();
        assertThat(VectorFile.read("letter.txt").getFirst().octets("content"))
                .as("what the letter of letter.txt says, which is made anew where there is none")
                .isEqualTo(VectorFile.read("contents.txt").getFirst().octets("content"));
    }

    private static org.chancery.protocol.wire.Content wire(byte[] padded) throws Exception {
        int length = ByteBuffer.wrap(padded).getInt();
        return org.chancery.protocol.wire.Content.parseFrom(ByteBuffer.wrap(padded, 4, length));
    }

    @Test
    void membershipEntries() throws Exception {
        VectorFile file = new VectorFile("""
                Membership entries: `entry` is the content that is signed, `says` the same protobuf. A room is named by
                the SHA-256 of its create's record, see conversations.txt.""");
        ConversationId room = ConversationId.room(BEFORE);
        List<MembershipEntry> entries = new ArrayList<>();
        entries.add(new MembershipEntry.Create(digest("4e".repeat(32)).bytes()));
        for (Act act : List.of(
                new Act.Invite(BOB, Role.MEMBER),
                new Act.Invite(BOB, Role.OWNER),
                new Act.Accept(),
                new Act.Leave(),
                new Act.Remove(BOB))) {
            entries.add(new MembershipEntry.Change(room, BEFORE, act));
        }
        for (MembershipEntry entry : entries) {
            byte[] encoded = entry.encode();
            file.add(new Case()
                    .with("says", text(org.chancery.protocol.wire.MembershipEntry.parseFrom(encoded)))
                    .with("entry", encoded));
        }
        file.requireIn("membership-entries.txt");

        List<MembershipEntry> read = new ArrayList<>();
        for (Case vector : VectorFile.read("membership-entries.txt")) {
            MembershipEntry entry = MembershipEntry.decode(vector.octets("entry"));
            assertThat(entry.encode()).isEqualTo(vector.octets("entry"));
            read.add(entry);
        }
        assertThat(read).isEqualTo(entries);
    }

    @Test
    void deviceEntries() throws Exception {
        VectorFile file = new VectorFile("""
                Entries of device chains: `entry` is the content that is signed, `says` the same protobuf. A device is
                the SHA-256 of its key's SubjectPublicKeyInfo.""");
        List<DeviceEntry> entries = List.of(
                new DeviceEntry(ALICE, Optional.empty(), new DeviceEntry.Act.Add(ONE)),
                new DeviceEntry(ALICE, Optional.of(BEFORE), new DeviceEntry.Act.Add(OTHER)),
                new DeviceEntry(ALICE, Optional.of(BEFORE), new DeviceEntry.Act.Replace(ONE, OTHER)),
                new DeviceEntry(ALICE, Optional.of(BEFORE), new DeviceEntry.Act.End(OTHER)));
        for (DeviceEntry entry : entries) {
            byte[] encoded = entry.encode();
            file.add(new Case()
                    .with("says", text(org.chancery.protocol.wire.DeviceEntry.parseFrom(encoded)))
                    .with("entry", encoded));
        }
        file.requireIn("device-entries.txt");

        List<DeviceEntry> read = new ArrayList<>();
        for (Case vector : VectorFile.read("device-entries.txt")) {
            DeviceEntry entry = DeviceEntry.decode(vector.octets("entry"));
            assertThat(entry.encode()).isEqualTo(vector.octets("entry"));
            read.add(entry);
        }
        assertThat(read).isEqualTo(entries);
    }

    /// The key is that of letter.txt's receiver.
    @Test
    void envelopeKeys() throws Exception {
        VectorFile file = new VectorFile("""
                Envelope keys: `entry` is the content that is signed, `says` the same protobuf. `identifier` is how a
                RecipientInfo names the key (RFC 7093 section 2, method 1).""");
        RSAPublicKey key = receiver();
        for (int number : new int[] {1, 300}) {
            byte[] encoded =
                    new EnvelopeKey(ALICE, ONE, number, key, Instant.parse("2026-11-22T10:00:00.123Z")).encode();
            file.add(new Case()
                    .with("says", text(org.chancery.protocol.wire.EnvelopeKey.parseFrom(encoded)))
                    .with("key", key.getEncoded())
                    .with("identifier", KeyIdentifiers.of(key))
                    .with("entry", encoded));
        }
        file.requireIn("envelope-keys.txt");

        for (Case vector : VectorFile.read("envelope-keys.txt")) {
            EnvelopeKey read = EnvelopeKey.decode(vector.octets("entry"));
            assertThat(read.encode()).isEqualTo(vector.octets("entry"));
            assertThat(read.key().getEncoded()).isEqualTo(vector.octets("key"));
            assertThat(vector.octets("identifier"))
                    .isEqualTo(VectorFile.read("letter.txt").getFirst().octets("identifier"));
        }
    }

    private static RSAPublicKey receiver() throws Exception {
        byte[] der = VectorFile.read("letter.txt").getFirst().octets("public");
        return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
    }

    @Test
    void conversations() {
        VectorFile file = new VectorFile("""
                Names of conversations: between two people, and of a room by the SHA-256 of its create's record.""");
        file.add(new Case()
                .with("one", ALICE.value())
                .with("other", BOB.value())
                .with("conversation", CONVERSATION.hex()));
        file.add(new Case()
                .with("one", BOB.value())
                .with("other", new Address("a.bob@lab.example").value())
                .with(
                        "conversation",
                        ConversationId.direct(BOB, new Address("a.bob@lab.example"))
                                .hex()));
        file.add(new Case()
                .with("one", ALICE.value())
                .with("other", ALICE.value())
                .with("conversation", ConversationId.direct(ALICE, ALICE).hex()));
        file.add(new Case()
                .with("create", BEFORE.hex())
                .with("conversation", ConversationId.room(BEFORE).hex()));
        file.requireIn("conversations.txt");

        for (Case vector : VectorFile.read("conversations.txt")) {
            ConversationId named = vector.has("create")
                    ? ConversationId.room(digest(vector.text("create")))
                    : ConversationId.direct(new Address(vector.text("other")), new Address(vector.text("one")));
            assertThat(named.hex()).isEqualTo(vector.text("conversation"));
        }
    }

    @Test
    void transcripts() {
        VectorFile file = new VectorFile("""
                A conversation's transcript: `placed` is the SHA-256 of the letter or record at the place, `transcript`
                is h of it, which goes on from the one above.""");
        Digest hash = Digest.NONE;
        for (int place = 1; place <= 4; place++) {
            Digest placed = Digest.over(new byte[] {(byte) place});
            hash = TranscriptHash.next(hash, place, placed);
            file.add(
                    new Case().with("place", place).with("placed", placed.hex()).with("transcript", hash.hex()));
        }
        file.requireIn("transcripts.txt");

        Digest before = Digest.NONE;
        for (Case vector : VectorFile.read("transcripts.txt")) {
            before = TranscriptHash.next(before, vector.number("place"), digest(vector.text("placed")));
            assertThat(before.hex()).isEqualTo(vector.text("transcript"));
        }
    }

    @Test
    void safetyNumbersAndSixWords() {
        VectorFile file = new VectorFile("""
                Safety numbers of two people, and the six words for a device that joins `one`'s chain. `first` is the
                SHA-256 of the first record of a person's device chain.""");
        // The last of them comes before Alice.
        for (Address other : List.of(BOB, new Address("carol@lab.example"), new Address("adam@lab.example"))) {
            for (String first : List.of("01".repeat(32), "a7".repeat(32))) {
                SafetyNumber number = SafetyNumber.of(
                        new SafetyNumber.Party(ALICE, digest(first)),
                        new SafetyNumber.Party(other, digest("02".repeat(32))));
                file.add(new Case()
                        .with("one", ALICE.value())
                        .with("first", first)
                        .with("other", other.value())
                        .with("otherfirst", "02".repeat(32))
                        .with("number", number.digits())
                        .with("scanned", number.scanned())
                        .with("device", ONE.hex())
                        .with("words", SixWords.of(ALICE, digest(first), ONE).toString()));
            }
        }
        file.requireIn("safety-numbers.txt");

        for (Case vector : VectorFile.read("safety-numbers.txt")) {
            SafetyNumber.Party one =
                    new SafetyNumber.Party(new Address(vector.text("one")), digest(vector.text("first")));
            SafetyNumber.Party other =
                    new SafetyNumber.Party(new Address(vector.text("other")), digest(vector.text("otherfirst")));
            assertThat(SafetyNumber.of(other, one)).isEqualTo(new SafetyNumber(vector.text("number")));
            assertThat(SafetyNumber.read(vector.text("scanned"))).contains(SafetyNumber.of(one, other));
            assertThat(SixWords.of(one.address(), one.first(), new DeviceId(vector.text("device")))
                            .areTyped(vector.text("words")))
                    .isTrue();
        }
    }

    /// By contents of a text of so many letters, whose protobuf is a little longer.
    @Test
    void paddings() throws Exception {
        VectorFile file = new VectorFile("""
                How long a content is: `used` is the protobuf and the four octets of its length, `padded` the whole.""");
        for (int letters : new int[] {1, 31, 32, 33, 200, 288, 290, 500, 1000, 4000, 10_000, 65_536}) {
            byte[] encoded = content(new Body.Text("x".repeat(letters))).encode();
            file.add(new Case()
                    .with("used", 4L + ByteBuffer.wrap(encoded).getInt())
                    .with("padded", encoded.length));
        }
        file.requireIn("paddings.txt");

        for (Case vector : VectorFile.read("paddings.txt")) {
            assertThat(padded(vector.number("used"))).isEqualTo(vector.number("padded"));
        }
    }

    /// By its definition, and not as the codec computes it: of a length with e binary digits behind the first, as many
    /// digits may be other than zero as it takes to write e.
    private static long padded(long used) {
        if (used <= 256) {
            return 256;
        }
        int exponent = Long.toBinaryString(used).length() - 1;
        int significand = Integer.toBinaryString(exponent).length();
        long step = 1L << (exponent - significand);
        return (used + step - 1) / step * step;
    }
}
