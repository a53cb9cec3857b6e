package org.chancery.bench.messenger;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.HandshakeException;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolException;
import org.chancery.protocol.key.EnvelopeKey;
import org.chancery.protocol.membership.MembershipEntry;

/// A device that does what makes it one that others seal to, and no more: no store, no engine. It reads no letters.
final class Attendee implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Clock CLOCK = Clock.systemUTC();

    private final Identity identity;
    private final Channel channel;
    private long lastId;

    private Attendee(Identity identity, Channel channel) {
        this.identity = identity;
        this.channel = channel;
    }

    /// Connects, and is greeted.
    static Attendee connect(Identity identity, TrustAnchors anchors, int port)
            throws IOException, HandshakeException, ProtocolException {
        Channel channel = Channel.connect(
                "127.0.0.1",
                port,
                new TlsIdentity(identity, new PeerJudge(anchors, Revocation.NotChecked::new, CLOCK)),
                TIMEOUT);
        Attendee attendee = new Attendee(identity, channel);
        attendee.say(new Frame.Hello(Frame.VERSION, Optional.empty(), "bench"));
        attendee.await(frame -> frame instanceof Frame.Welcome);
        return attendee;
    }

    /// Begins the chain of its address.
    ///
    /// @return the entry's hash
    Digest beginChain() throws IOException, ProtocolException {
        return join(Optional.empty(), Optional.empty());
    }

    /// Joins the chain of its address, for which a device on it signs.
    void joinChain(Digest last, Identity sponsor) throws IOException, ProtocolException {
        join(Optional.of(last), Optional.of(sponsor));
    }

    private Digest join(Optional<Digest> last, Optional<Identity> sponsor) throws IOException, ProtocolException {
        DeviceEntry entry = new DeviceEntry(address(), last, new DeviceEntry.Act.Add(identity.deviceId()));
        SignedRecord own = RecordSigner.sign(identity, ContentPurpose.DEVICE_ENTRY, entry.encode(), CLOCK.instant());
        EncodedRecord record = sponsor.map(by -> RecordSigner.countersign(own, by, CLOCK.instant()))
                .orElse(own)
                .encoded();
        long id = ++lastId;
        say(new Frame.SubmitDevice(id, record));
        await(frame -> frame instanceof Frame.DeviceAccepted(long about, int _) && about == id);
        return record.hash();
    }

    /// Publishes the key that it receives with.
    void publish(SigningKey key) throws IOException, ProtocolException {
        EnvelopeKey said =
                new EnvelopeKey(address(), identity.deviceId(), 1, (RSAPublicKey) key.publicKey(), CLOCK.instant());
        long id = ++lastId;
        say(new Frame.SubmitEnvelopeKey(
                id,
                RecordSigner.sign(identity, ContentPurpose.ENVELOPE_KEY, said.encode(), CLOCK.instant())
                        .encoded()));
        await(frame -> frame instanceof Frame.EnvelopeKeyAccepted(long about, int _) && about == id);
    }

    /// The last entry of a room.
    ///
    /// @param hash of it
    record Head(ConversationId room, Digest hash) {}

    /// Makes a room.
    Head create(SecureRandom random) throws IOException, ProtocolException {
        byte[] nonce = new byte[MembershipEntry.Create.NONCE_BYTES];
        random.nextBytes(nonce);
        return submit(new MembershipEntry.Create(nonce));
    }

    /// Changes a room.
    Head change(Head head, MembershipEntry.Act act) throws IOException, ProtocolException {
        return submit(new MembershipEntry.Change(head.room(), head.hash(), act));
    }

    private Head submit(MembershipEntry entry) throws IOException, ProtocolException {
        EncodedRecord record = RecordSigner.sign(identity, ContentPurpose.MEMBERSHIP, entry.encode(), CLOCK.instant())
                .encoded();
        long id = ++lastId;
        say(new Frame.SubmitMembership(id, record));
        Frame answer = await(frame -> frame instanceof Frame.MembershipAccepted accepted && accepted.id() == id);
        return new Head(((Frame.MembershipAccepted) answer).conversation(), record.hash());
    }

    private Address address() throws IOException {
        try {
            return identity.address();
        } catch (MalformedNameException e) {
            throw new IOException(e);
        }
    }

    private void say(Frame frame) throws IOException, ProtocolException {
        channel.writer().write(frame);
        channel.writer().flush();
    }

    private Frame await(Function<Frame, Boolean> wanted) throws IOException, ProtocolException {
        while (true) {
            Frame frame = channel.reader().read().orElseThrow(() -> new IOException("the relay closed the connection"));
            if (wanted.apply(frame)) {
                return frame;
            }
            switch (frame) {
                case Frame.Refused refused -> throw new IOException("refused: " + refused.detail());
                case Frame.Ping ping -> say(new Frame.Pong(ping.nonce()));
                default -> {} // what others do
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
