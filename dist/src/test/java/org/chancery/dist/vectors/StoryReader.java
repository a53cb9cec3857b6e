package org.chancery.dist.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.connection.Loss;
import org.chancery.client.connection.RelayAddress;
import org.chancery.client.connection.Wire;
import org.chancery.client.engine.EngineByHand;
import org.chancery.client.engine.EngineConfig;
import org.chancery.client.keys.KeyDirectory;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.testing.VectorFile.Case;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.FrameReader;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.Query;

/// The messenger of the person to whom the story is brought, with their keys, and a relay that answers from the file.
final class StoryReader implements Wire, AutoCloseable {
    private static final Pattern NAME = Pattern.compile("\\(([A-Z_]+)\\)$");

    private final List<Frame.DirectoryAnswer> directory;
    private final Map<ConversationId, List<MembershipPlace>> records = new LinkedHashMap<>();
    private final Deque<Frame> said = new ArrayDeque<>();
    private final List<String> outcome = new ArrayList<>();
    private final List<Frame.Acknowledge> acknowledged = new ArrayList<>();
    private final MessageStore store;
    private final EngineByHand engine;

    /// @param people the first case of the file
    /// @param answers what the directory says
    StoryReader(Case people, List<Case> answers, Path directory) throws Exception {
        this.directory = new ArrayList<>();
        for (Case answer : answers) {
            this.directory.add((Frame.DirectoryAnswer) frame(answer.octets("directory")));
        }
        PrivateKey envelope = key("RSA", people.octets("bobkey"));
        PrivateKey own = key("EC", people.octets("bobidentity"));
        CertificateChain chain = CertificateChain.of(
                Certificates.parse(people.octets("bob")), Certificates.parse(people.octets("issuer")));
        Identity bob = new Identity(SigningKey.of(own, chain.leaf().getPublicKey()), chain);
        TrustAnchors anchors = TrustAnchors.of(Certificates.parse(people.octets("root")));
        Instant now = Instant.parse(people.text("time"));
        StoreLocation location = new StoreLocation(directory.resolve("bob.p12"));
        SecureRandom random = new SecureRandom();
        store = MessageStore.open(location, Passphrase.none(), random);
        AtomicLong nanos = new AtomicLong();
        engine = new EngineByHand(
                EngineConfig.of(bob, anchors, new RelayAddress("127.0.0.1", 1)),
                store,
                KeyDirectory.open(location.envelopeKeys()),
                new EngineByHand.Surroundings(
                        Clock.fixed(now, ZoneOffset.UTC), nanos::get, random, _ -> pair((RSAPrivateCrtKey) envelope)),
                this,
                EngineByHand.Cryptography.REAL);
        engine.subscribe(this::hear);
        engine.begin();
        ValidatedPath relay = new PathValidator(anchors)
                .validate(ValidationRequest.of(Certificates.parse(people.octets("relay")))
                        .untrusted(List.of(Certificates.parse(people.octets("issuer"))))
                        .purpose(Purpose.SERVER)
                        .at(now)
                        .revocation(new Revocation.NotChecked()));
        engine.online(relay, new Frame.Welcome("story", now, bob.deviceId(), bob.address(), 1 << 20));
        engine.lists(Optional.of(people.octets("rootlist")), false);
        engine.lists(Optional.of(people.octets("list")), true);
        answer();
    }

    private static PrivateKey key(String algorithm, byte[] pkcs8) throws Exception {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static SigningKey pair(RSAPrivateCrtKey key) {
        try {
            return SigningKey.of(
                    key,
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Frame frame(byte[] octets) throws Exception {
        return new FrameReader(new ByteArrayInputStream(octets), FrameLimits.DEFAULT)
                .read()
                .orElseThrow();
    }

    /// What comes of a frame: the names of what is noted, and `shown`, `applied` or `nothing`, with blanks between.
    String read(byte[] octets) throws Exception {
        Frame frame = frame(octets);
        outcome.clear();
        acknowledged.clear();
        if (frame instanceof Frame.DeliverMembership entry) {
            List<MembershipPlace> record = records.computeIfAbsent(entry.conversation(), _ -> new ArrayList<>());
            record.add(entry.entry());
        }
        engine.received(frame);
        answer();
        assertThat(acknowledged).as("every delivery is acknowledged").hasSize(1);
        return outcome.isEmpty() ? "nothing" : String.join(" ", outcome);
    }

    /// Lets the relay show the beginning of a room's record.
    void show(byte[] octets) throws Exception {
        Frame.MembershipAnswer answer = (Frame.MembershipAnswer) frame(octets);
        records.computeIfAbsent(answer.conversation(), _ -> new ArrayList<>()).addAll(answer.entries());
    }

    private void answer() throws Exception {
        while (!said.isEmpty()) {
            Frame next = said.removeFirst();
            switch (next) {
                case Frame.DirectoryQuery(long id, Query query) -> engine.received(answer(id, query));
                case Frame.MembershipQuery(long id, ConversationId room, long after) ->
                    engine.received(
                            records.containsKey(room)
                                    ? new Frame.MembershipAnswer(id, room, behind(room, after), false)
                                    : Frame.Refused.request(id, ProtocolError.NOT_A_MEMBER, "no member"));
                case Frame.Acknowledge seen -> acknowledged.add(seen);
                default -> {} // what this device would say is not of this story
            }
        }
    }

    private List<MembershipPlace> behind(ConversationId room, long after) {
        return records.getOrDefault(room, List.of()).stream()
                .filter(place -> place.sequence() > after)
                .toList();
    }

    private Frame.DirectoryAnswer answer(long id, Query query) {
        for (Frame.DirectoryAnswer about : directory) {
            boolean meant = about.entries().stream().anyMatch(entry -> switch (query) {
                case Query.ByAddress(var address) -> entry.address().equals(address);
                case Query.ByDevice(var device) -> entry.device().equals(device);
                case Query.ByPrefix _ -> false;
            });
            if (meant) {
                return new Frame.DirectoryAnswer(id, about.entries(), about.deviceChain(), about.offers());
            }
        }
        return new Frame.DirectoryAnswer(id, List.of(), List.of(), List.of());
    }

    private void hear(Event event) {
        if (event instanceof Event.MessageStored(Message message)) {
            outcome.add(message.failure()
                    .map(StoryReader::name)
                    .orElse(message.body().isPresent() ? "shown" : "applied"));
        }
    }

    private static String name(String sentence) {
        Matcher matcher = NAME.matcher(sentence);
        if (!matcher.find()) {
            throw new AssertionError("no name in " + sentence);
        }
        return matcher.group(1);
    }

    @Override
    public void start() {}

    @Override
    public void send(Frame frame) {
        said.add(frame);
    }

    @Override
    public void reset() {
        throw new AssertionError("the connection is cut");
    }

    @Override
    public void refuse(Loss.Final why) {
        throw new AssertionError("the relay is refused: " + why.detail());
    }

    @Override
    public void retryNow() {}

    @Override
    public void close() {
        try {
            store.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
