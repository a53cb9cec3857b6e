package org.chancery.pki.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealBody;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.envelope.StapledEnvelope;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// What the relay takes apart without a key, and what holds for whatever is accepted: its octets are the only ones.
final class Envelopes {
    private static final ConversationId CONVERSATION = new ConversationId("c0".repeat(32));
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");

    private Envelopes() {}

    static void letter(byte[] input) {
        try {
            Letter letter = Letter.parse(input);
            same(input, letter.der());
            letter.hash();
        } catch (MalformedEnvelopeException declared) {
            return;
        }
    }

    static void seal(byte[] input) {
        try {
            Seal seal = Seal.parse(input);
            same(input, seal.der());
            seal.id();
        } catch (MalformedEnvelopeException declared) {
            return;
        }
    }

    static void envelope(byte[] input) {
        try {
            StapledEnvelope envelope = EnvelopeStapler.parse(input);
            Wrap wrap = new Wrap(device(2), 1, envelope.recipient().der());
            same(input, EnvelopeStapler.staple(envelope.letter(), wrap));
        } catch (MalformedEnvelopeException declared) {
            return;
        }
    }

    private static void same(byte[] input, byte[] again) {
        if (!Arrays.equals(input, again)) {
            throw new AssertionError(
                    "accepted, and encoded differently: " + HexFormat.of().formatHex(again));
        }
    }

    static List<byte[]> letters() {
        return List.of(letter(1).der(), letter(1L << 40).der());
    }

    static List<byte[]> seals() {
        return List.of(seal(2).der(), seal(2, 3, 4).der());
    }

    static List<byte[]> envelopes() {
        return List.of(EnvelopeStapler.staple(letter(7), wrap(2)));
    }

    private static Letter letter(long counter) {
        Seal seal = seal(2);
        return new Letter(
                new LetterHeader(
                        LetterHeader.VERSION,
                        CONVERSATION,
                        device(1),
                        seal.id(),
                        new ChainId("11".repeat(16)),
                        counter,
                        seal.commitment()),
                new byte[Letter.NONCE_BYTES],
                new byte[100],
                new byte[Letter.TAG_BYTES]);
    }

    private static Seal seal(int... devices) {
        List<Wrap> wraps = Arrays.stream(devices).mapToObj(Envelopes::wrap).toList();
        return new Seal(
                new SealBody(
                        CONVERSATION,
                        device(1),
                        List.of(SealMember.withoutChain(ALICE), SealMember.at(BOB, Digest.over(new byte[1]))),
                        wraps),
                new byte[32]);
    }

    private static Wrap wrap(int device) {
        return new Wrap(device(device), device, new KeyTransRecipient(new byte[20], new byte[256]).der());
    }

    private static DeviceId device(int number) {
        return new DeviceId(HexFormat.of().toHexDigits(number, 2).repeat(32));
    }
}
