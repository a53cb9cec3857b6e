package org.chancery.server.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.sealing.EnvelopeSealer;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.sealing.SealedEpoch;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolException;
import org.chancery.protocol.frame.Query;
import org.chancery.protocol.key.EnvelopeKey;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipEntry;

/// One connection of a person to the relay: seals for real, and keeps what the relay says until it is asked for.
public final class TestClient implements Closeable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// Stands in the queue for the end of the connection.
    private static final Frame END = new Frame.Pong(Long.MIN_VALUE);

    private final TestPki pki;
    private final Identity identity;
    private final Channel channel;
    private final Thread listener;
    private final BlockingQueue<Frame> heard = new LinkedBlockingQueue<>();
    private final List<Frame> skipped = new ArrayList<>();

    private TestClient(TestPki pki, Identity identity, Channel channel) {
        this.pki = pki;
        this.identity = identity;
        this.channel = channel;
        this.listener = Thread.ofVirtual().start(this::listen);
    }

    /// Connects, without a word.
    public static TestClient connect(TestPki pki, Identity identity, InetSocketAddress relay) throws Exception {
        TlsIdentity tls =
                new TlsIdentity(identity, new PeerJudge(pki.trustAnchors(), Revocation.NotChecked::new, pki.clock()));
        return new TestClient(pki, identity, Channel.connect("127.0.0.1", relay.getPort(), tls, TIMEOUT));
    }

    /// Connects and is greeted.
    public static TestClient greeted(TestPki pki, Identity identity, InetSocketAddress relay) throws Exception {
        TestClient client = connect(pki, identity, relay);
        client.say(new Frame.Hello(Frame.VERSION, Optional.empty(), "test"));
        client.expect(Frame.Welcome.class);
        return client;
    }

    private void listen() {
        try {
            Optional<Frame> frame = channel.reader().read();
            while (frame.isPresent()) {
                heard.add(frame.get());
                frame = channel.reader().read();
            }
        } catch (IOException | ProtocolException e) {
            // Told by the end of what was heard, as an orderly end is.
            return;
        } finally {
            heard.add(END);
        }
    }

    /// What the relay showed in the handshake.
    public X509Certificate relayCertificate() {
        return channel.path().leaf();
    }

    public Identity identity() {
        return identity;
    }

    public Address address() throws Exception {
        return identity.address();
    }

    public void say(Frame frame) throws Exception {
        channel.writer().write(frame);
        channel.writer().flush();
    }

    /// The next frame of a kind; what comes before it is kept.
    public <F extends Frame> F expect(Class<F> kind) throws InterruptedException {
        return expect(kind, frame -> true);
    }

    public <F extends Frame> F expect(Class<F> kind, Predicate<F> which) throws InterruptedException {
        for (Frame frame : List.copyOf(skipped)) {
            if (kind.isInstance(frame) && which.test(kind.cast(frame))) {
                skipped.remove(frame);
                return kind.cast(frame);
            }
        }
        while (true) {
            Frame frame = heard.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("no " + kind.getSimpleName() + ", only " + skipped);
            }
            if (kind.isInstance(frame) && which.test(kind.cast(frame))) {
                return kind.cast(frame);
            }
            if (frame.equals(END)) {
                throw new AssertionError("connection closed before " + kind.getSimpleName() + ", only " + skipped);
            }
            skipped.add(frame);
        }
    }

    /// Waits until the relay has closed.
    public void awaitEnd() throws InterruptedException {
        Frame frame = heard.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        while (!END.equals(frame)) {
            if (frame == null) {
                throw new AssertionError("the relay does not close");
            }
            skipped.add(frame);
            frame = heard.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /// What was heard and not asked for.
    public List<Frame> unasked() {
        List<Frame> all = new ArrayList<>(skipped);
        all.addAll(heard);
        return all;
    }

    /// Seals a text to devices, in a chain of its own.
    public Line line(Address to, Identity... readers) throws Exception {
        return new Line(to, readers);
    }

    /// Seals a text to devices of a room's members as they are now, in a chain of its own.
    public Line line(Membership room, Identity... readers) throws Exception {
        return new Line(room, readers);
    }

    /// What this client signs for a room.
    public SignedRecord sign(MembershipEntry entry) {
        return RecordSigner.sign(identity, ContentPurpose.MEMBERSHIP, entry.encode(), pki.now());
    }

    /// Submits an entry; its answer is still to come.
    public SignedRecord submit(long id, MembershipEntry entry) throws Exception {
        SignedRecord signed = sign(entry);
        say(new Frame.SubmitMembership(id, signed.encoded()));
        return signed;
    }

    /// Leaves in good order: says that nothing more comes, hears the relay out, closes.
    @Override
    public void close() throws IOException {
        try (channel) {
            channel.endWriting();
            listener.join(TIMEOUT);
        } catch (SocketException | SSLException e) {
            return; // it was closed before: the relay has ended it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What this client writes to somebody: a chain with its counter, under one seal.
    public final class Line {

        private static final long LOOKING = 0x100c;

        private final Optional<Address> to;
        private final ConversationId conversation;
        private final ChainId chain = ChainId.random(new SecureRandom());
        private final SealedEpoch epoch;
        private long counter;

        private Line(Address to, Identity... readers) throws Exception {
            this.to = Optional.of(to);
            this.conversation = ConversationId.direct(address(), to);
            this.epoch = new EnvelopeSealer(new SecureRandom())
                    .newEpoch(conversation, identity.deviceId(), members(List.of(address(), to)), recipients(readers));
        }

        private Line(Membership room, Identity... readers) throws Exception {
            this.to = Optional.empty();
            this.conversation = room.room();
            this.epoch = new EnvelopeSealer(new SecureRandom())
                    .newEpoch(
                            conversation,
                            identity.deviceId(),
                            room.head().bytes(),
                            members(room.members().keySet()),
                            recipients(readers));
        }

        /// With their chains as the relay has them.
        private List<SealMember> members(Collection<Address> people) throws Exception {
            List<SealMember> members = new ArrayList<>();
            for (Address person : people) {
                say(new Frame.DirectoryQuery(LOOKING, new Query.ByAddress(person)));
                List<EncodedRecord> chain = expect(Frame.DirectoryAnswer.class).deviceChain();
                members.add(new SealMember(
                        person,
                        chain.isEmpty()
                                ? Optional.empty()
                                : Optional.of(chain.getLast().hash())));
            }
            return members;
        }

        /// By their newest keys as the relay has them; by their certificates where it has none.
        private List<RecipientKey> recipients(Identity... readers) throws Exception {
            List<RecipientKey> recipients = new ArrayList<>();
            for (Identity reader : readers) {
                say(new Frame.DirectoryQuery(LOOKING, new Query.ByDevice(reader.deviceId())));
                Optional<EncodedRecord> record = expect(Frame.DirectoryAnswer.class).entries().stream()
                        .flatMap(entry -> entry.envelopeKey().stream())
                        .findFirst();
                if (record.isPresent()) {
                    EnvelopeKey key = EnvelopeKey.decode(record.get().parse().content());
                    recipients.add(RecipientKey.of(key.device(), key.number(), key.key()));
                } else {
                    recipients.add(RecipientKey.of(reader.chain().leaf()));
                }
            }
            return recipients;
        }

        public ConversationId conversation() {
            return conversation;
        }

        /// The next letter, not sent.
        public Frame.Publish write(String text) throws Exception {
            counter++;
            Letter letter = epoch.letter(
                    identity,
                    ContentPurpose.CONTENT,
                    chain,
                    counter,
                    text.getBytes(StandardCharsets.UTF_8),
                    signingTime());
            return new Frame.Publish(Optional.of(epoch.seal()), letter, to);
        }

        public Frame.Publish send(String text) throws Exception {
            Frame.Publish publish = write(text);
            say(publish);
            return publish;
        }

        private Instant signingTime() {
            return pki.now();
        }
    }
}
