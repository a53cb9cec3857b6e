package org.chancery.protocol.fuzz;

import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.testing.TestKeys;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContentException;
import org.chancery.protocol.content.SampleBodies;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.device.DeviceException;
import org.chancery.protocol.key.EnvelopeKey;
import org.chancery.protocol.key.EnvelopeKeyException;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.MembershipException;
import org.chancery.protocol.membership.Role;

/// What stands below a signature, one kind a method. There is one encoding of each: two would be two hashes of what
/// everybody takes for the same.
final class Signed {
    private static final Address BOB = new Address("bob@lab.example");
    private static final ConversationId ROOM = ConversationId.ofBytes(new byte[32]);

    private static final Digest BEFORE = Digest.ofBytes(new byte[32]);

    private Signed() {}

    static void content(byte[] input) {
        try {
            same(input, Content.decode(input).encode());
        } catch (ContentException declared) {
            return;
        }
    }

    static void membership(byte[] input) {
        try {
            same(input, MembershipEntry.decode(input).encode());
        } catch (MembershipException declared) {
            return;
        }
    }

    static void device(byte[] input) {
        try {
            same(input, DeviceEntry.decode(input).encode());
        } catch (DeviceException declared) {
            return;
        }
    }

    static void envelopeKey(byte[] input) {
        try {
            same(input, EnvelopeKey.decode(input).encode());
        } catch (EnvelopeKeyException declared) {
            return;
        }
    }

    private static void same(byte[] input, byte[] again) {
        if (!Arrays.equals(input, again)) {
            throw new AssertionError(
                    "accepted, and encoded differently: " + HexFormat.of().formatHex(again));
        }
    }

    static List<byte[]> contents() throws ContentException {
        List<byte[]> contents = new ArrayList<>();
        for (Body body : SampleBodies.ALL) {
            contents.add(content(body).encode());
        }
        return contents;
    }

    private static Content content(Body body) {
        return new Content(
                ROOM,
                Optional.empty(),
                ChainId.ofBytes(new byte[16]),
                7,
                new byte[32],
                5,
                new byte[32],
                new byte[0],
                3,
                Instant.parse("2026-11-22T10:31:07.123Z"),
                body);
    }

    static List<byte[]> memberships() {
        return List.of(
                new MembershipEntry.Create(new byte[32]).encode(),
                change(new Act.Invite(BOB, Role.OWNER)),
                change(new Act.Accept()),
                change(new Act.Leave()),
                change(new Act.Remove(BOB)));
    }

    private static byte[] change(Act act) {
        return new MembershipEntry.Change(ROOM, BEFORE, act).encode();
    }

    static List<byte[]> envelopeKeys() {
        RSAPublicKey key = (RSAPublicKey) TestKeys.envelope("fuzzed").publicKey();
        return List.of(
                new EnvelopeKey(BOB, new DeviceId("11".repeat(32)), 300, key, Instant.ofEpochSecond(1)).encode());
    }

    static List<byte[]> devices() {
        DeviceId one = new DeviceId("11".repeat(32));
        DeviceId other = new DeviceId("22".repeat(32));
        return List.of(
                new DeviceEntry(BOB, Optional.empty(), new DeviceEntry.Act.Add(one)).encode(),
                new DeviceEntry(BOB, Optional.of(BEFORE), new DeviceEntry.Act.Replace(one, other)).encode(),
                new DeviceEntry(BOB, Optional.of(BEFORE), new DeviceEntry.Act.End(other)).encode());
    }
}
