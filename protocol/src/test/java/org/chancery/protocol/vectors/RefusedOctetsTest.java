package org.chancery.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.chancery.pki.testing.VectorFile;
import org.chancery.pki.testing.VectorFile.Case;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContentException;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.device.DeviceException;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.FrameReader;
import org.chancery.protocol.frame.ProtocolException;
import org.chancery.protocol.key.EnvelopeKey;
import org.chancery.protocol.key.EnvelopeKeyException;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipException;
import org.chancery.protocol.wire.Mention;
import org.junit.jupiter.api.Test;

/// `docs/vectors/refused-octets.txt`: what is no content, no entry, no envelope key and no frame.
final class RefusedOctetsTest {
    private static final String CONTENT = "CONTENT_MALFORMED";
    private static final String ALICE =
            HexFormat.of().formatHex("alice@lab.example".getBytes(StandardCharsets.US_ASCII));

    private final VectorFile file = new VectorFile("""
            Octets that are refused, and as what. `content` as it is signed in a letter, `membership`, `device` and `key` as they are
            signed in a record, `frame` with its length before. The good ones that they are made of are the first of contents.txt,
            the second of membership-entries.txt and device-entries.txt, and the first of envelope-keys.txt.""");

    private static org.chancery.protocol.wire.Content good() throws Exception {
        byte[] padded = VectorFile.read("contents.txt").getFirst().octets("content");
        int length = ByteBuffer.wrap(padded).getInt();
        return org.chancery.protocol.wire.Content.parseFrom(ByteBuffer.wrap(padded, 4, length));
    }

    private static byte[] padded(byte[] wire) {
        return padded(wire, 256);
    }

    private static byte[] padded(byte[] wire, int length) {
        return ByteBuffer.allocate(length).putInt(wire.length).put(wire).array();
    }

    private void content(String what, byte[] octets) {
        file.add(new Case().with("what", what).with("content", octets).with("outcome", CONTENT));
    }

    private void content(String what, UnaryOperator<org.chancery.protocol.wire.Content.Builder> change)
            throws Exception {
        content(what, padded(change.apply(good().toBuilder()).build().toByteArray()));
    }

    private static UnknownFieldSet.Field octets(int... octets) {
        byte[] all = new byte[octets.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) octets[i];
        }
        return UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(all))
                .build();
    }

    private static UnknownFieldSet unknown(int field, UnknownFieldSet.Field value) {
        return UnknownFieldSet.newBuilder().addField(field, value).build();
    }

    private static ByteString repeated(int octet, int count) {
        byte[] all = new byte[count];
        Arrays.fill(all, (byte) octet);
        return ByteString.copyFrom(all);
    }

    /// `octets` with one run of them replaced, which there is once.
    private static byte[] replaced(byte[] octets, String one, String other) {
        String hex = HexFormat.of().formatHex(octets);
        assertThat(hex.split(one, -1)).hasSize(2);
        return HexFormat.of().parseHex(hex.replace(one, other));
    }

    @Test
    void areRefusedAsTheySay() throws Exception {
        fields();
        bodies();
        padding();
        entries();
        frames();
        file.requireIn("refused-octets.txt");

        for (Case vector : VectorFile.read("refused-octets.txt")) {
            assertThat(refusal(vector)).as(vector.text("what")).isEqualTo(vector.text("outcome"));
        }
    }

    private void fields() throws Exception {
        byte[] wire = good().toByteArray();
        content("a field left out that is empty", it -> it.clearMembershipHead());
        content("a field left out that is zero", it -> it.clearContinuedCounter());
        content("the address of nobody", it -> it.setWith("Bob@lab.example"));
        content("a hash of 31 octets", it -> it.setPreviousLetterHash(repeated(0x77, 31)));
        content("the number 0", it -> it.setCounter(0));
        content("a number above 2^63 - 1", it -> it.setCounter(Long.MIN_VALUE));
        content(
                "number 7 goes on from another chain",
                it -> it.setContinuedChain(repeated(0xc2, 16)).setContinuedCounter(3));
        content("goes on from no chain", it -> it.setCounter(1).setContinuedCounter(3));
        content(
                "goes on from itself",
                it -> it.setCounter(1).setContinuedChain(it.getChain()).setContinuedCounter(3));
        content(
                "goes on and names no letter before",
                it -> it.setCounter(1)
                        .setContinuedChain(repeated(0xc2, 16))
                        .setContinuedCounter(3)
                        .clearPreviousLetterHash()
                        .setPreviousLetterHash(ByteString.EMPTY));
        content("a number with an octet more than it takes", padded(replaced(wire, "18072220", "1887002220")));
        content("a field twice", padded(replaced(wire, "18072220", "180718072220")));
        byte[] turned = Arrays.copyOf(wire, wire.length);
        System.arraycopy(wire, 34, turned, 0, wire.length - 34);
        System.arraycopy(wire, 0, turned, wire.length - 34, 34);
        content("the first field behind the last", padded(turned));
        content("field 13", it -> it.setUnknownFields(unknown(13, octets())));
    }

    private void bodies() throws Exception {
        content("no body", it -> it.clearBody());
        content("a body above 255", it -> it.clearBody().setUnknownFields(unknown(256, octets(1))));
        content(
                "a body that is a number",
                it -> it.clearBody()
                        .setUnknownFields(unknown(
                                99,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())));
        content("two bodies", it -> it.setUnknownFields(unknown(99, octets(1))));
        content(
                "two bodies of a kind that is not known",
                it -> it.clearBody()
                        .setUnknownFields(UnknownFieldSet.newBuilder()
                                .addField(98, octets(1))
                                .addField(99, octets(1))
                                .build()));
        content(
                "a field in a text that is not known",
                it -> it.setText(it.getText().toBuilder().setUnknownFields(unknown(9, octets(1)))));
        content("a blank text", it -> it.setText(it.getText().toBuilder().setText(" \t\u2003")));
        content(
                "a mention behind the text",
                it -> it.setText(it.getText().toBuilder()
                        .addMentions(
                                Mention.newBuilder().setStart(4).setLength(2).setAddress("bob@lab.example"))));
        content(
                "a mention of nothing",
                it -> it.setText(it.getText().toBuilder()
                        .addMentions(
                                Mention.newBuilder().setStart(4).setLength(0).setAddress("bob@lab.example"))));
        content(
                "a mention without the field that is zero",
                it -> it.setText(it.getText().toBuilder()
                        .addMentions(Mention.newBuilder().setLength(2).setAddress("bob@lab.example"))));
        content("text that is not UTF-8", padded(replaced(good().toByteArray(), "68656c6c6f", "68656cff6f")));
        content(
                "a reaction of two characters",
                it -> it.clearBody()
                        .setReaction(org.chancery.protocol.wire.Reaction.newBuilder()
                                .setTarget(target())
                                .setEmoji("ab")
                                .setTakenBack(false)));
        content(
                "a reaction that leaves out that it is given",
                it -> it.clearBody()
                        .setReaction(org.chancery.protocol.wire.Reaction.newBuilder()
                                .setTarget(target())
                                .setEmoji("a")));
        content(
                "a title of two lines",
                it -> it.clearBody()
                        .setTitle(org.chancery.protocol.wire.Title.newBuilder().setText("one\ntwo")));
        content(
                "more letters wanted than may be",
                it -> it.clearBody()
                        .setAsk(org.chancery.protocol.wire.Ask.newBuilder()
                                .setDevice(repeated(0xd1, 32))
                                .setChain(repeated(0xc1, 16))
                                .setFrom(1)
                                .setCount(101)));
    }

    private static org.chancery.protocol.wire.MessageReference target() {
        return org.chancery.protocol.wire.MessageReference.newBuilder()
                .setDevice(repeated(0xd1, 32))
                .setChain(repeated(0xc1, 16))
                .setCounter(7)
                .build();
    }

    private void padding() throws Exception {
        byte[] wire = good().toByteArray();
        byte[] foreign = padded(wire);
        foreign[foreign.length - 1] = 1;
        content("padding that is not zero", foreign);
        content("not padded", padded(wire, 4 + wire.length));
        content("padded to the length behind the next", padded(wire, 264));
        content(
                "a length behind the end",
                ByteBuffer.allocate(256).putInt(253).put(wire).array());
    }

    private void entries() throws Exception {
        byte[] membership = VectorFile.read("membership-entries.txt").get(1).octets("entry");
        byte[] device = VectorFile.read("device-entries.txt").get(1).octets("entry");
        byte[] key = VectorFile.read("envelope-keys.txt").getFirst().octets("entry");
        entry("an octet behind it", "membership", Arrays.copyOf(membership, membership.length + 1), "MALFORMED");
        entry("a role that is none", "membership", replaced(membership, "6c651001", "6c651003"), "MALFORMED");
        entry(
                "a create with a predecessor",
                "membership",
                HexFormat.of().parseHex("1220" + "3e".repeat(32) + "42220a20" + "4e".repeat(32)),
                "MALFORMED");
        entry("nothing known is done", "membership", Arrays.copyOf(membership, 68), "MALFORMED");
        entry("an octet behind it", "device", Arrays.copyOf(device, device.length + 1), "MALFORMED");
        entry(
                "an empty predecessor",
                "device",
                HexFormat.of().parseHex("0a11" + ALICE + "1200" + "42220a20" + "d1".repeat(32)),
                "MALFORMED");
        entry(
                "a device that replaces itself",
                "device",
                HexFormat.of()
                        .parseHex("0a11" + ALICE + "1220" + "3e".repeat(32) + "4a440a20" + "d1".repeat(32) + "1220"
                                + "d1".repeat(32)),
                "MALFORMED");
        entry("the number 0", "key", replaced(key, "d1d1180122a6", "d1d1180022a6"), "MALFORMED");
        entry("a key with the exponent 3", "key", replaced(key, "0203010001", "0203000003"), "WEAK_KEY");
    }

    private void entry(String what, String kind, byte[] octets, String outcome) {
        file.add(new Case().with("what", what).with(kind, octets).with("outcome", outcome));
    }

    private void frames() {
        frame("no body", "00000000", "MALFORMED_FRAME");
        frame("a body that nobody knows", "000000039a3e00", "MALFORMED_FRAME");
        frame("longer than 2^20", "00100001", "FRAME_TOO_LARGE");
        frame("no protobuf", "00000001ff", "MALFORMED_FRAME");
        frame(
                "a conversation of 31 octets",
                "00000025" + "3223" + "0a1f" + "4e".repeat(31) + "1001",
                "MALFORMED_FRAME");
        frame("a place that is none", "00000026" + "3224" + "0a20" + "4e".repeat(32) + "1000", "MALFORMED_FRAME");
        frame("a place left out", "00000024" + "3222" + "0a20" + "4e".repeat(32), "MALFORMED_FRAME");
        frame("an address that is not canonical", "0000000ce2020a" + "0a07" + "4140622e632e64", "MALFORMED_FRAME");
    }

    private void frame(String what, String octets, String outcome) {
        entry(what, "frame", HexFormat.of().parseHex(octets), outcome);
    }

    private static String refusal(Case vector) throws Exception {
        try {
            if (vector.has("content")) {
                return "taken: " + Content.decode(vector.octets("content"));
            } else if (vector.has("membership")) {
                return "taken: " + MembershipEntry.decode(vector.octets("membership"));
            } else if (vector.has("device")) {
                return "taken: " + DeviceEntry.decode(vector.octets("device"));
            } else if (vector.has("key")) {
                return "taken: " + EnvelopeKey.decode(vector.octets("key"));
            }
            return "taken: "
                    + new FrameReader(new ByteArrayInputStream(vector.octets("frame")), FrameLimits.DEFAULT).read();
        } catch (ContentException e) {
            return CONTENT;
        } catch (MembershipException e) {
            return e.failure().name();
        } catch (DeviceException e) {
            return e.failure().name();
        } catch (EnvelopeKeyException e) {
            return e.failure().name();
        } catch (ProtocolException e) {
            return e.failure().name();
        }
    }
}
