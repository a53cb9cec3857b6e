package org.chancery.dist.simulation;

import static org.chancery.dist.simulation.LetterForge.flipped;
import static org.chancery.dist.simulation.LetterForge.parsed;
import static org.chancery.dist.simulation.LetterForge.stapled;
import static org.chancery.dist.simulation.RelayAttacks.isVictim;
import static org.chancery.dist.simulation.RelayAttacks.named;
import static org.chancery.dist.simulation.RelayAttacks.saying;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.chancery.dist.simulation.Attack.By;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.StapledEnvelope;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.Frame.Deliver;

/// What a relay can do to the octets of a letter, of whose keys it has none.
final class LetterAttacks {
    private LetterAttacks() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>(octets());
        all.addAll(headers());
        all.addAll(wraps());
        return all;
    }

    private static List<Attack> octets() {
        return List.of(
                octets(
                        "cuts a letter short",
                        "MALFORMED",
                        "not a letter of this protocol",
                        der -> Arrays.copyOf(der, der.length - 1)),
                octets(
                        "writes something behind a letter",
                        "MALFORMED",
                        "not a letter of this protocol",
                        der -> Arrays.copyOf(der, der.length + 1)),
                octets(
                        "delivers what is no letter",
                        "MALFORMED",
                        "not a letter of this protocol",
                        der -> new byte[der.length]),
                letter(
                        "alters the ciphertext",
                        it -> new Letter(it.header(), it.nonce(), flipped(it.ciphertext()), it.tag())),
                letter(
                        "shortens the ciphertext",
                        it -> new Letter(
                                it.header(),
                                it.nonce(),
                                Arrays.copyOf(it.ciphertext(), it.ciphertext().length - 1),
                                it.tag())),
                letter("alters the tag", it -> new Letter(it.header(), it.nonce(), it.ciphertext(), flipped(it.tag()))),
                letter(
                        "alters the nonce",
                        it -> new Letter(it.header(), flipped(it.nonce()), it.ciphertext(), it.tag())),
                spliced());
    }

    private static List<Attack> headers() {
        return List.of(
                header(
                        "writes another counter outside",
                        "HEADER_MISMATCH",
                        "signed and what is written on the outside differ",
                        it -> header(it, it.conversation(), it.sender(), it.sealId(), it.chain(), 77, it.commitment())),
                header(
                        "writes another chain outside",
                        "HEADER_MISMATCH",
                        "signed and what is written on the outside differ",
                        it -> header(
                                it,
                                it.conversation(),
                                it.sender(),
                                it.sealId(),
                                new ChainId("cd".repeat(16)),
                                it.counter(),
                                it.commitment())),
                header(
                        "writes another seal outside",
                        "COMMITMENT_MISMATCH",
                        "not the letter's",
                        it -> header(
                                it,
                                it.conversation(),
                                it.sender(),
                                flipped(it.sealId()),
                                it.chain(),
                                it.counter(),
                                it.commitment())),
                header(
                        "writes another commitment outside",
                        "COMMITMENT_MISMATCH",
                        "not the letter's",
                        it -> header(
                                it,
                                it.conversation(),
                                it.sender(),
                                it.sealId(),
                                it.chain(),
                                it.counter(),
                                flipped(it.commitment()))),
                header(
                        "writes a device outside that nobody knows",
                        "SENDER_UNKNOWN",
                        "does not show the certificate",
                        it -> header(
                                it,
                                it.conversation(),
                                new DeviceId("ef".repeat(32)),
                                it.sealId(),
                                it.chain(),
                                it.counter(),
                                it.commitment())),
                header(
                        "writes another conversation outside",
                        "WRONG_CONVERSATION",
                        "another conversation",
                        it -> header(
                                it,
                                new ConversationId("ab".repeat(32)),
                                it.sender(),
                                it.sealId(),
                                it.chain(),
                                it.counter(),
                                it.commitment())));
    }

    private static List<Attack> wraps() {
        return List.of(
                saying(
                        "alters the wrapped key",
                        named("WRAP_MISMATCH", "cannot be unwrapped"),
                        LetterForge.wrap(
                                it -> new KeyTransRecipient(it.subjectKeyIdentifier(), flipped(it.encryptedKey())))),
                saying(
                        "names another key as the reader's",
                        named("NOT_ADDRESSED", "not sealed to this device"),
                        LetterForge.wrap(
                                it -> new KeyTransRecipient(flipped(it.subjectKeyIdentifier()), it.encryptedKey()))));
    }

    private static Attack octets(String what, String failure, String words, UnaryOperator<byte[]> change) {
        return saying(what, named(failure, words), LetterForge.octets(change));
    }

    private static Attack letter(String what, UnaryOperator<Letter> change) {
        return saying(what, named("DECRYPTION_FAILED", "altered on the way"), LetterForge.letter(change));
    }

    private static Attack header(String what, String failure, String words, UnaryOperator<LetterHeader> change) {
        return saying(what, named(failure, words), LetterForge.header(change));
    }

    private static LetterHeader header(
            LetterHeader of,
            ConversationId conversation,
            DeviceId sender,
            byte[] sealId,
            ChainId chain,
            long counter,
            byte[] commitment) {
        return new LetterHeader(of.version(), conversation, sender, sealId, chain, counter, commitment);
    }

    /// The inside of the first letter in the outside of the second.
    private static Attack spliced() {
        return new Attack(
                By.RELAY,
                "puts the inside of one letter into another",
                Script.TALK,
                stage -> {
                    List<Letter> first = new ArrayList<>();
                    stage.relay().delivers(stage.bob, frame -> {
                        if (!(frame instanceof Deliver deliver)) {
                            return List.of(frame);
                        }
                        first.add(parsed(deliver.envelopeDer()).letter());
                        return isVictim(frame)
                                ? List.of(LetterForge.octets(der -> spliced(der, first.getFirst()))
                                        .apply(deliver))
                                : List.of(frame);
                    });
                },
                named("DECRYPTION_FAILED", "altered on the way"));
    }

    private static byte[] spliced(byte[] der, Letter inside) {
        StapledEnvelope envelope = parsed(der);
        Letter outside = envelope.letter();
        return stapled(
                new Letter(outside.header(), outside.nonce(), inside.ciphertext(), inside.tag()), envelope.recipient());
    }
}
