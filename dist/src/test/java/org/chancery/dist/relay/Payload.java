package org.chancery.dist.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Query;
import org.chancery.protocol.membership.MembershipEntry;

/// What attackers say, made beforehand as far as it goes.
final class Payload {

    /// A rate that bounds nothing.
    static final String UNBOUNDED = "1000000000/1000000000";

    /// Small frames that go out in one write.
    private static final int AT_ONCE = 200;

    private static final int KIBIBYTE = 1 << 10;
    private static final int MEBIBYTE = 1 << 20;
    private static final int RANDOM_OCTETS = 4 * KIBIBYTE;

    private Payload() {}

    /// The first flight of a client, as JSSE makes it.
    static byte[] clientHello() {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {"TLSv1.3"});
            engine.beginHandshake();
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), out);
            byte[] octets = new byte[out.flip().remaining()];
            out.get(octets);
            return octets;
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException("every Java platform has TLS 1.3", e);
        }
    }

    static Supplier<byte[]> pings() {
        byte[] pings = repeated(BlankLetters.octets(new Frame.Ping(7)));
        return () -> pings;
    }

    static Supplier<byte[]> acknowledgements(Arsenal arsenal, int member) throws MalformedNameException {
        byte[] octets = repeated(BlankLetters.octets(
                new Frame.Acknowledge(letterChain(arsenal, member).conversation(), 1)));
        return () -> octets;
    }

    static Supplier<byte[]> lapsesSeen(Arsenal arsenal) throws MalformedNameException {
        Identity one = arsenal.victims().getFirst();
        Identity other = arsenal.victims().getLast();
        byte[] octets = repeated(BlankLetters.octets(
                new Frame.LapsedSeen(ConversationId.direct(one.address(), other.address()), one.address(), 1)));
        return () -> octets;
    }

    private static byte[] repeated(byte[] frame) {
        ByteBuffer all = ByteBuffer.allocate(AT_ONCE * frame.length);
        for (int i = 0; i < AT_ONCE; i++) {
            all.put(frame);
        }
        return all.array();
    }

    /// To the next of the members.
    static Supplier<byte[]> letters(Arsenal arsenal, int member) throws MalformedNameException {
        BlankLetters letters = letterChain(arsenal, member);
        return () -> BlankLetters.octets(letters.next());
    }

    private static BlankLetters letterChain(Arsenal arsenal, int member) throws MalformedNameException {
        return new BlankLetters(arsenal.members().get(member), arsenal.members().get((member + 1) % Arsenal.MEMBERS));
    }

    /// First a letter that is taken, then others with its counter.
    static Supplier<byte[]> reusedCounters(Arsenal arsenal, int member) throws MalformedNameException {
        BlankLetters letters = letterChain(arsenal, member);
        AtomicInteger count = new AtomicInteger();
        return () -> BlankLetters.octets(letters.letter(1, count.getAndIncrement()));
    }

    static Supplier<byte[]> wrongPlace(Arsenal arsenal, int member) throws MalformedNameException {
        Identity one = arsenal.victims().getFirst();
        Identity other = arsenal.victims().getLast();
        BlankLetters letters = new BlankLetters(
                arsenal.members().get(member), one, ConversationId.direct(one.address(), other.address()));
        return () -> BlankLetters.octets(letters.letter(1, 0));
    }

    /// Each of the questions in turn.
    static Supplier<byte[]> queries(Arsenal arsenal) throws MalformedNameException {
        Identity one = arsenal.victims().getFirst();
        ConversationId conversation =
                ConversationId.direct(one.address(), arsenal.victims().getLast().address());
        byte[][] questions = {
            BlankLetters.octets(new Frame.DirectoryQuery(1, new Query.ByPrefix("", Query.ByPrefix.MAX_LIMIT))),
            BlankLetters.octets(new Frame.DirectoryQuery(2, new Query.ByAddress(one.address()))),
            BlankLetters.octets(new Frame.HistoryQuery(3, conversation, 0, Frame.HistoryQuery.MAX_LIMIT)),
            BlankLetters.octets(new Frame.MembershipQuery(4, conversation, 0))
        };
        AtomicInteger next = new AtomicInteger();
        return () -> questions[next.getAndIncrement() % questions.length];
    }

    /// Well signed, but by another than the one who submits it.
    static Supplier<byte[]> forgedRecords(Arsenal arsenal, int member) throws MalformedNameException {
        Identity other = arsenal.members().get((member + 1) % Arsenal.MEMBERS);
        var now = java.time.Instant.now();
        EncodedRecord room = RecordSigner.sign(
                        other,
                        ContentPurpose.MEMBERSHIP,
                        new MembershipEntry.Create(new byte[MembershipEntry.Create.NONCE_BYTES]).encode(),
                        now)
                .encoded();
        EncodedRecord device = RecordSigner.sign(
                        other,
                        ContentPurpose.DEVICE_ENTRY,
                        new DeviceEntry(other.address(), Optional.empty(), new DeviceEntry.Act.Add(other.deviceId()))
                                .encode(),
                        now)
                .encoded();
        byte[][] records = {
            BlankLetters.octets(new Frame.SubmitMembership(1, room)),
            BlankLetters.octets(new Frame.SubmitDevice(2, device))
        };
        AtomicInteger next = new AtomicInteger();
        return () -> records[next.getAndIncrement() % records.length];
    }

    /// Of a right length, and nothing right in it.
    static Supplier<byte[]> malformed() {
        Random random = new Random();
        return () -> {
            byte[] body = new byte[RANDOM_OCTETS];
            random.nextBytes(body);
            return ByteBuffer.allocate(4 + body.length)
                    .putInt(body.length)
                    .put(body)
                    .array();
        };
    }

    /// Whose length is wrong already: the first bit is set.
    static Supplier<byte[]> random() {
        Random random = new Random();
        return () -> {
            byte[] octets = new byte[RANDOM_OCTETS];
            random.nextBytes(octets);
            octets[0] |= (byte) 0x80;
            return octets;
        };
    }

    static Supplier<byte[]> oversized() {
        byte[] octets =
                ByteBuffer.allocate(4 + 16 * MEBIBYTE).putInt(16 * MEBIBYTE).array();
        return () -> octets;
    }

    static Supplier<byte[]> truncated() {
        byte[] octets = ByteBuffer.allocate(4 + 900 * KIBIBYTE).putInt(MEBIBYTE).array();
        return () -> octets;
    }
}
