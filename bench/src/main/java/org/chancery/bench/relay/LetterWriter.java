package org.chancery.bench.relay;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.EnvelopeSealer;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.pki.sealing.SealedEpoch;
import org.chancery.protocol.frame.Frame;

/// One sender's letters in one conversation. The seal and the first letter are sealed for real; those after it have
/// the same ciphertext under the next counter, for an RSA signature a letter would be what is measured. The relay,
/// which has no key, cannot tell; a reader could.
final class LetterWriter implements Dialect.Writer {

    /// Brings the letter to about 1 KiB, what the peers' messages carry: it is signed, so the text of it is shorter.
    private static final int CONTENT_OCTETS = 256;

    private static final int REMEMBERED = 1 << 16;

    private final ConversationId conversation;
    private final ChainId chain;
    private final Address reader;
    private final Seal seal;
    private final Letter first;
    private final long[] sentNanos = new long[REMEMBERED];
    private long counter;

    /// The frame of the last letter, whose counter is written over.
    private byte[] frame = new byte[0];

    private int counterAt;
    private int counterOctets;

    LetterWriter(Identity writer, Identity reader, List<X509Certificate> devices) throws IOException {
        SecureRandom random = new SecureRandom();
        this.chain = ChainId.random(random);
        try {
            Address from = writer.address();
            this.reader = reader.address();
            this.conversation = ConversationId.direct(from, this.reader);
            try (SealedEpoch epoch = new EnvelopeSealer(random)
                    .newEpoch(
                            conversation,
                            writer.deviceId(),
                            Stream.of(from, this.reader)
                                    .map(SealMember::withoutChain)
                                    .toList(),
                            recipients(devices))) {
                this.seal = epoch.seal();
                this.first =
                        epoch.letter(writer, ContentPurpose.CONTENT, chain, 1, new byte[CONTENT_OCTETS], Instant.now());
            }
        } catch (MalformedNameException | EnvelopeException e) {
            throw new IOException(e);
        }
    }

    private static List<RecipientKey> recipients(List<X509Certificate> devices) throws EnvelopeException {
        List<RecipientKey> recipients = new ArrayList<>();
        for (X509Certificate device : devices) {
            recipients.add(RecipientKey.of(device));
        }
        return recipients;
    }

    ConversationId conversation() {
        return conversation;
    }

    int letterOctets() {
        return first.der().length;
    }

    /// When the letter of that place was written: the conversation has no other writer.
    long sentNanos(long sequence) {
        return sentNanos[(int) (sequence & (REMEMBERED - 1))];
    }

    @Override
    public byte[] next(long nowNanos) {
        counter++;
        sentNanos[(int) (counter & (REMEMBERED - 1))] = nowNanos;
        try {
            if (counter == 1) {
                return Chancery.octets(new Frame.Publish(Optional.of(seal), first, Optional.of(reader)));
            }
            if (derOctets(counter) != counterOctets) {
                draw();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a letter of 1 KiB fits into a frame", e);
        }
        for (int i = 0; i < counterOctets; i++) {
            frame[counterAt + i] = (byte) (counter >>> (8 * (counterOctets - 1 - i)));
        }
        return frame;
    }

    /// A frame of the present counter's length, and where the counter stands in it.
    private void draw() throws IOException {
        counterOctets = derOctets(counter);
        frame = encode(counter);
        int last = Arrays.mismatch(frame, encode(counter ^ 1)); // the last octet of the counter, the first that differs
        counterAt = last + 1 - counterOctets;
    }

    private byte[] encode(long number) throws IOException {
        LetterHeader header = first.header();
        Letter letter = new Letter(
                new LetterHeader(
                        header.version(),
                        header.conversation(),
                        header.sender(),
                        header.sealId(),
                        header.chain(),
                        number,
                        header.commitment()),
                first.nonce(),
                first.ciphertext(),
                first.tag());
        return Chancery.octets(new Frame.Publish(Optional.empty(), letter, Optional.of(reader)));
    }

    /// Octets of a DER INTEGER, two's complement.
    private static int derOctets(long value) {
        return (64 - Long.numberOfLeadingZeros(value)) / 8 + 1;
    }
}
