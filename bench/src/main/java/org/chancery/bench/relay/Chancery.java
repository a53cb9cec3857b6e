package org.chancery.bench.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.FrameWriter;
import org.chancery.protocol.frame.ProtocolException;

/// Our own protocol. What is read is understood as far as places and answers go: readers open no letters.
final class Chancery implements Dialect {

    // The first octet of a body: the field of the frame's oneof, length-delimited.
    private static final int WELCOME = tag(2);
    private static final int PUBLISHED = tag(4);
    private static final int DELIVER = tag(5);
    private static final int CAUGHT_UP = tag(7);
    private static final int REFUSED = tag(12);
    private static final int GOODBYE = tag(13);
    private static final int PING = tag(14);

    /// Where the sequence of a Deliver begins, from its own first octet: behind the conversation.
    private static final int CONVERSATION_FIELD = 2 + ConversationId.BYTES;

    private final IntFunction<Identity> people;

    /// @param people who the numbers of links are
    Chancery(IntFunction<Identity> people) {
        this.people = people;
    }

    private static int tag(int field) {
        return (field << 3) | 2;
    }

    static byte[] octets(Frame frame) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            FrameWriter writer = new FrameWriter(out, FrameLimits.DEFAULT);
            writer.write(frame);
            writer.flush();
        } catch (ProtocolException e) {
            throw new IOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public void login(Link link) throws IOException {
        link.write(octets(new Frame.Hello(Frame.VERSION, Optional.empty(), "bench")));
        int kind;
        do {
            kind = skip(link);
        } while (kind != WELCOME);
    }

    /// Waits until what had waited for the device has been delivered, acknowledges it, and says how many letters it
    /// was.
    int catchUp(Link link, ConversationId conversation) throws IOException {
        int letters = 0;
        long last = 0;
        while (true) {
            link.need(4);
            link.need(4 + Octets.u32(link.buffer, link.from));
            int body = link.from + 4;
            int kind = link.buffer[body] & 0xff;
            if (kind == DELIVER) {
                letters++;
                last = sequence(link.buffer, body);
            }
            skip(link);
            if (kind == CAUGHT_UP) {
                if (last > 0) {
                    link.write(octets(new Frame.Acknowledge(conversation, last)));
                }
                return letters;
            }
        }
    }

    private static int skip(Link link) throws IOException {
        link.need(4);
        int length = Octets.u32(link.buffer, link.from);
        link.need(4 + length);
        int kind = link.buffer[link.from + 4] & 0xff;
        link.from += 4 + length;
        if (kind == GOODBYE || kind == REFUSED) {
            throw new IOException("sent away or refused");
        }
        return kind;
    }

    /// What one writes to another, who need not be there.
    LetterWriter letters(int from, int to) throws IOException {
        Identity reader = people.apply(to);
        return new LetterWriter(
                people.apply(from), reader, List.of(reader.chain().leaf()));
    }

    @Override
    public LetterWriter conversation(Link sender, List<Link> readers, int topic) throws IOException {
        Identity writer = people.apply(sender.person);
        List<X509Certificate> devices = readers.stream()
                .map(reader -> people.apply(reader.person).chain().leaf())
                .toList();
        LetterWriter letters = new LetterWriter(writer, people.apply(readers.getFirst().person), devices);
        for (Link reader : readers) {
            reader.memory = new Reading(letters);
        }
        return letters;
    }

    @Override
    public void understand(Link link) throws IOException {
        byte[] octets = link.buffer;
        while (link.to - link.from >= 4) {
            int length = Octets.u32(octets, link.from);
            int body = link.from + 4;
            if (link.to < body + length) {
                return;
            }
            int kind = octets[body] & 0xff;
            if (kind == DELIVER) {
                delivered(link, sequence(octets, body));
            } else if (kind == PUBLISHED) {
                link.answers.release();
            } else if (kind == PING) {
                link.write(octets(new Frame.Pong(varint(octets, body + 3))));
            } else if (kind == REFUSED || kind == GOODBYE) {
                throw new IOException("the relay says: "
                        + new String(octets, body, length, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
            link.from = body + length;
        }
    }

    private static void delivered(Link link, long sequence) throws IOException {
        if (!(link.memory instanceof Reading reading)) {
            throw new IOException("a letter nobody waits for");
        }
        link.message(reading.letters.sentNanos(sequence));
        Optional<Frame> acknowledgement = reading.heard(sequence, System.nanoTime());
        if (acknowledgement.isPresent()) {
            link.write(octets(acknowledgement.get()));
        }
    }

    private static long sequence(byte[] octets, int body) {
        int at = body + 1;
        while (octets[at] < 0) {
            at++; // the length of the message
        }
        return varint(octets, at + 1 + CONVERSATION_FIELD + 1);
    }

    private static long varint(byte[] octets, int from) {
        long value = 0;
        int shift = 0;
        int at = from;
        while (octets[at] < 0) {
            value |= (long) (octets[at++] & 0x7f) << shift;
            shift += 7;
        }
        return value | ((long) octets[at] << shift);
    }

    /// How far a reader has come: it acknowledges every so many letters, and at the first one after so long.
    private static final class Reading {

        private static final int LETTERS = 32;
        private static final long NANOS = 100_000_000;

        private final LetterWriter letters;
        private int unacknowledged;
        private long acknowledgedNanos;

        Reading(LetterWriter letters) {
            this.letters = letters;
        }

        Optional<Frame> heard(long sequence, long nowNanos) {
            unacknowledged++;
            if (unacknowledged < LETTERS && nowNanos - acknowledgedNanos < NANOS) {
                return Optional.empty();
            }
            unacknowledged = 0;
            acknowledgedNanos = nowNanos;
            return Optional.of(new Frame.Acknowledge(letters.conversation(), sequence));
        }
    }
}
