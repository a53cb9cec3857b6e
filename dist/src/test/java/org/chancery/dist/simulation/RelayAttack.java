package org.chancery.dist.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.StapledEnvelope;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.Deliver;

/// What a relay can do to the letters that it delivers, each with what the reader makes of it.
///
/// @param what in words
/// @param outcome how the reader names it; empty where all is as if nothing had been done
/// @param meddling with every frame for the reader, from the first
record RelayAttack(String what, String outcome, Function<Frame, List<Frame>> meddling) {
    /// The letter that is meddled with: the second of three.
    private static final long VICTIM = 2;

    private static final String UNNOTICED = "";

    @Override
    public String toString() {
        return what;
    }

    static List<RelayAttack> all() {
        List<RelayAttack> all = new ArrayList<>();
        all.add(new RelayAttack("drops a letter", "MISSING", frame -> isVictim(frame) ? List.of() : List.of(frame)));
        all.add(new RelayAttack("delivers everything twice", UNNOTICED, frame -> List.of(frame, frame)));
        all.add(held("delivers two letters in another order", "MISSING", false));
        all.add(held("delivers a letter once more behind the next", UNNOTICED, true));
        all.add(frame(
                "says that it took a letter an hour later",
                "TIME_MISMATCH",
                it -> new Deliver(
                        it.conversation(),
                        it.sequence(),
                        it.acceptedAt().plus(Duration.ofHours(1)),
                        it.transcript(),
                        it.envelopeDer(),
                        it.from())));
        all.add(frame(
                "says that it took a letter before its sender had a certificate",
                "SENDER_REFUSED",
                it -> new Deliver(
                        it.conversation(),
                        it.sequence(),
                        it.acceptedAt().minus(Duration.ofHours(1)),
                        it.transcript(),
                        it.envelopeDer(),
                        it.from())));
        all.add(frame(
                "says that a letter is from somebody else",
                "SENDER_MISMATCH",
                it -> new Deliver(
                        it.conversation(),
                        it.sequence(),
                        it.acceptedAt(),
                        it.transcript(),
                        it.envelopeDer(),
                        new Address("mallory@lab.example"))));
        all.add(frame(
                "shows another transcript",
                "TRANSCRIPT_MISMATCH",
                it -> new Deliver(
                        it.conversation(),
                        it.sequence(),
                        it.acceptedAt(),
                        Digest.over(it.envelopeDer()),
                        it.envelopeDer(),
                        it.from())));
        all.add(frame(
                "shows no transcript",
                "TRANSCRIPT_MISMATCH",
                it -> new Deliver(
                        it.conversation(), it.sequence(), it.acceptedAt(), Digest.NONE, it.envelopeDer(), it.from())));
        all.add(frame(
                "leaves places out",
                "MISSING",
                it -> new Deliver(
                        it.conversation(),
                        it.sequence() + 7,
                        it.acceptedAt(),
                        it.transcript(),
                        it.envelopeDer(),
                        it.from())));
        all.add(frame(
                "delivers into another conversation",
                "WRONG_CONVERSATION",
                it -> new Deliver(
                        new ConversationId("ab".repeat(32)),
                        it.sequence(),
                        it.acceptedAt(),
                        it.transcript(),
                        it.envelopeDer(),
                        it.from())));
        all.add(octets("cuts a letter short", "MALFORMED", der -> Arrays.copyOf(der, der.length - 1)));
        all.add(octets("writes something behind a letter", "MALFORMED", der -> Arrays.copyOf(der, der.length + 1)));
        all.add(octets("delivers what is no letter", "MALFORMED", der -> new byte[der.length]));
        all.add(letter(
                "alters the ciphertext",
                "DECRYPTION_FAILED",
                it -> new Letter(it.header(), it.nonce(), flipped(it.ciphertext()), it.tag())));
        all.add(letter(
                "shortens the ciphertext",
                "DECRYPTION_FAILED",
                it -> new Letter(
                        it.header(),
                        it.nonce(),
                        Arrays.copyOf(it.ciphertext(), it.ciphertext().length - 1),
                        it.tag())));
        all.add(letter(
                "alters the tag",
                "DECRYPTION_FAILED",
                it -> new Letter(it.header(), it.nonce(), it.ciphertext(), flipped(it.tag()))));
        all.add(letter(
                "alters the nonce",
                "DECRYPTION_FAILED",
                it -> new Letter(it.header(), flipped(it.nonce()), it.ciphertext(), it.tag())));
        all.add(header(
                "writes another counter outside",
                "HEADER_MISMATCH",
                it -> new LetterHeader(
                        it.version(), it.conversation(), it.sender(), it.sealId(), it.chain(), 77, it.commitment())));
        all.add(header(
                "writes another chain outside",
                "HEADER_MISMATCH",
                it -> new LetterHeader(
                        it.version(),
                        it.conversation(),
                        it.sender(),
                        it.sealId(),
                        new ChainId("cd".repeat(16)),
                        it.counter(),
                        it.commitment())));
        all.add(header(
                "writes another seal outside",
                "COMMITMENT_MISMATCH",
                it -> new LetterHeader(
                        it.version(),
                        it.conversation(),
                        it.sender(),
                        flipped(it.sealId()),
                        it.chain(),
                        it.counter(),
                        it.commitment())));
        all.add(header(
                "writes another commitment outside",
                "COMMITMENT_MISMATCH",
                it -> new LetterHeader(
                        it.version(),
                        it.conversation(),
                        it.sender(),
                        it.sealId(),
                        it.chain(),
                        it.counter(),
                        flipped(it.commitment()))));
        all.add(header(
                "writes a device outside that nobody knows",
                "SENDER_UNKNOWN",
                it -> new LetterHeader(
                        it.version(),
                        it.conversation(),
                        new DeviceId("ef".repeat(32)),
                        it.sealId(),
                        it.chain(),
                        it.counter(),
                        it.commitment())));
        all.add(header(
                "writes another conversation outside",
                "WRONG_CONVERSATION",
                it -> new LetterHeader(
                        it.version(),
                        new ConversationId("ab".repeat(32)),
                        it.sender(),
                        it.sealId(),
                        it.chain(),
                        it.counter(),
                        it.commitment())));
        all.add(wrap(
                "alters the wrapped key",
                "WRAP_MISMATCH",
                it -> new KeyTransRecipient(it.subjectKeyIdentifier(), flipped(it.encryptedKey()))));
        all.add(wrap(
                "names another key as the reader's",
                "NOT_ADDRESSED",
                it -> new KeyTransRecipient(flipped(it.subjectKeyIdentifier()), it.encryptedKey())));
        all.add(spliced());
        return all;
    }

    private static boolean isVictim(Frame frame) {
        return frame instanceof Deliver deliver && deliver.sequence() == VICTIM;
    }

    private static RelayAttack frame(String what, String outcome, UnaryOperator<Deliver> change) {
        return new RelayAttack(
                what, outcome, frame -> isVictim(frame) ? List.of(change.apply((Deliver) frame)) : List.of(frame));
    }

    private static RelayAttack octets(String what, String outcome, UnaryOperator<byte[]> change) {
        return frame(
                what,
                outcome,
                it -> new Deliver(
                        it.conversation(),
                        it.sequence(),
                        it.acceptedAt(),
                        it.transcript(),
                        change.apply(it.envelopeDer()),
                        it.from()));
    }

    private static StapledEnvelope parsed(byte[] der) {
        try {
            return EnvelopeStapler.parse(der);
        } catch (MalformedEnvelopeException e) {
            throw new IllegalStateException("the relay delivers letters", e);
        }
    }

    private static byte[] stapled(Letter letter, KeyTransRecipient recipient) {
        return EnvelopeStapler.staple(letter, new Wrap(new DeviceId("00".repeat(32)), 0, recipient.der()));
    }

    private static RelayAttack letter(String what, String outcome, UnaryOperator<Letter> change) {
        return octets(what, outcome, der -> {
            StapledEnvelope envelope = parsed(der);
            return stapled(change.apply(envelope.letter()), envelope.recipient());
        });
    }

    private static RelayAttack header(String what, String outcome, UnaryOperator<LetterHeader> change) {
        return letter(
                what, outcome, it -> new Letter(change.apply(it.header()), it.nonce(), it.ciphertext(), it.tag()));
    }

    private static RelayAttack wrap(String what, String outcome, UnaryOperator<KeyTransRecipient> change) {
        return octets(what, outcome, der -> {
            StapledEnvelope envelope = parsed(der);
            return stapled(envelope.letter(), change.apply(envelope.recipient()));
        });
    }

    /// Keeps the victim until the next letter has gone by.
    ///
    /// @param twice whether it was delivered in time as well
    private static RelayAttack held(String what, String outcome, boolean twice) {
        List<Frame> kept = new ArrayList<>();
        return new RelayAttack(what, outcome, frame -> {
            if (isVictim(frame) && kept.isEmpty()) {
                kept.add(frame);
                return twice ? List.of(frame) : List.of();
            }
            if (frame instanceof Deliver deliver && deliver.sequence() > VICTIM && !kept.isEmpty()) {
                return List.of(frame, kept.getFirst());
            }
            return List.of(frame);
        });
    }

    /// The inside of the first letter in the outside of the second.
    private static RelayAttack spliced() {
        List<Letter> first = new ArrayList<>();
        return new RelayAttack("puts the inside of one letter into another", "DECRYPTION_FAILED", frame -> {
            if (frame instanceof Deliver deliver && deliver.sequence() == 1 && first.isEmpty()) {
                first.add(parsed(deliver.envelopeDer()).letter());
            }
            if (!isVictim(frame)) {
                return List.of(frame);
            }
            Deliver victim = (Deliver) frame;
            StapledEnvelope envelope = parsed(victim.envelopeDer());
            Letter inside = first.getFirst();
            Letter other = new Letter(
                    envelope.letter().header(), envelope.letter().nonce(), inside.ciphertext(), inside.tag());
            return List.of(new Deliver(
                    victim.conversation(),
                    victim.sequence(),
                    victim.acceptedAt(),
                    victim.transcript(),
                    stapled(other, envelope.recipient()),
                    victim.from()));
        });
    }

    private static byte[] flipped(byte[] octets) {
        byte[] other = octets.clone();
        other[other.length / 2] ^= 1;
        return other;
    }
}
