package org.chancery.dist.simulation;

import java.util.function.UnaryOperator;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.StapledEnvelope;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.Frame.Deliver;

/// What can be changed of a delivered letter by who has none of its keys.
final class LetterForge {
    private LetterForge() {}

    static StapledEnvelope parsed(byte[] der) {
        try {
            return EnvelopeStapler.parse(der);
        } catch (MalformedEnvelopeException e) {
            throw new IllegalStateException("the relay delivers letters", e);
        }
    }

    static Digest hash(Deliver delivered) {
        return parsed(delivered.envelopeDer()).letter().hash();
    }

    static byte[] stapled(Letter letter, KeyTransRecipient recipient) {
        return EnvelopeStapler.staple(letter, new Wrap(new DeviceId("00".repeat(32)), 0, recipient.der()));
    }

    /// The same delivery with other octets.
    static UnaryOperator<Deliver> octets(UnaryOperator<byte[]> change) {
        return it -> new Deliver(
                it.conversation(),
                it.sequence(),
                it.acceptedAt(),
                it.transcript(),
                change.apply(it.envelopeDer()),
                it.from());
    }

    static UnaryOperator<Deliver> letter(UnaryOperator<Letter> change) {
        return octets(der -> {
            StapledEnvelope envelope = parsed(der);
            return stapled(change.apply(envelope.letter()), envelope.recipient());
        });
    }

    static UnaryOperator<Deliver> header(UnaryOperator<LetterHeader> change) {
        return letter(it -> new Letter(change.apply(it.header()), it.nonce(), it.ciphertext(), it.tag()));
    }

    static UnaryOperator<Deliver> wrap(UnaryOperator<KeyTransRecipient> change) {
        return octets(der -> {
            StapledEnvelope envelope = parsed(der);
            return stapled(envelope.letter(), change.apply(envelope.recipient()));
        });
    }

    static byte[] flipped(byte[] octets) {
        byte[] other = octets.clone();
        other[other.length / 2] ^= 1;
        return other;
    }
}
