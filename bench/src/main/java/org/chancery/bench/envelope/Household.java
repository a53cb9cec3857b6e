package org.chancery.bench.envelope;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.bench.PooledKeys;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.sealing.EnvelopeOpener;
import org.chancery.pki.sealing.EnvelopeSealer;
import org.chancery.pki.sealing.ReceivingKeys;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.pki.sealing.SealedEpoch;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A sender, and readers with so many devices, two a person: all keys RSA 3072.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls make first
public class Household {
    /// A short line with its padding.
    private static final int CONTENT_OCTETS = 300;

    private static final int DEVICES_EACH = 2;
    private static final int WARM_UP_LETTERS = 30_000;

    private final SecureRandom random = new SecureRandom();
    private final byte[] content = new byte[CONTENT_OCTETS];
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final ConversationId conversation = new ConversationId("c0".repeat(32));
    private final ChainId chain = ChainId.random(random);
    private final List<RSAPublicKey> publicKeys = new ArrayList<>();
    private final List<ReceivingKeys> receivers = new ArrayList<>();
    private final List<PrivateKey> privateKeys = new ArrayList<>();
    private final List<RecipientKey> recipients = new ArrayList<>();
    private final List<SealMember> members = new ArrayList<>();
    private final List<byte[]> delivered = new ArrayList<>();
    private final List<byte[]> wraps = new ArrayList<>();

    @Param("1")
    private int devices = 1;

    private Identity sender;
    private ValidatedPath path;
    private EnvelopeSealer sealer;
    private SealedEpoch epoch;
    private EnvelopeOpener opener;
    private Primitives primitives;
    private long counter;
    private int turn;

    /// Makes everybody, and one letter for each.
    @Setup(Level.Trial)
    public void make() throws Exception {
        int primes = 3;
        while (primes * (primes - 1) / 2 <= devices) {
            primes++;
        }
        PooledKeys keys = PooledKeys.make(primes, random);
        Sender made = Sender.of(keys.key(0), now, random);
        sender = made.identity();
        path = made.path();
        for (int i = 0; i < devices; i++) {
            add(i, keys.key(i + 1));
        }
        sealer = new EnvelopeSealer(random);
        epoch = begin();
        Letter letter = nextLetter();
        for (RecipientKey recipient : recipients) {
            delivered.add(EnvelopeStapler.staple(letter, wrapOf(recipient)));
        }
        opener = new EnvelopeOpener(receivers.getFirst());
        primitives = new Primitives(
                random,
                new KeyPair(sender.key().publicKey(), sender.key().exposedPrivateKey()),
                new Primitives.Lengths(
                        CONTENT_OCTETS, letter.ciphertext().length, epoch.seal().der().length));
        for (PublicKey key : publicKeys) {
            wraps.add(primitives.wrap(key));
        }
        warmUp();
    }

    /// A private-key operation takes milliseconds, so that the JDK's compiler would come to everything around it only
    /// after minutes.
    private void warmUp() throws Exception {
        for (int i = 0; i < WARM_UP_LETTERS; i++) {
            openNext();
            primitives.openNext();
        }
    }

    private void add(int number, SigningKey key) {
        RSAPublicKey publicKey = (RSAPublicKey) key.publicKey();
        publicKeys.add(publicKey);
        PrivateKey privateKey = key.exposedPrivateKey();
        privateKeys.add(privateKey);
        ReceivingKeys.Found held = new ReceivingKeys.Found.Held(privateKey);
        receivers.add(_ -> held);
        recipients.add(RecipientKey.of(DeviceId.of(publicKey), 1, publicKey));
        if (number % DEVICES_EACH == 0) {
            members.add(SealMember.at(new Address("p" + number + "@lab.example"), Digest.over(content)));
        }
    }

    private Wrap wrapOf(RecipientKey recipient) {
        return epoch.seal().wraps().stream()
                .filter(wrap -> wrap.device().equals(recipient.device()))
                .findFirst()
                .orElseThrow();
    }

    private SealedEpoch begin() throws Exception {
        return sealer.newEpoch(conversation, sender.deviceId(), members, recipients);
    }

    Object seal() throws Exception {
        try (SealedEpoch begun = begin()) {
            byte[] seal = begun.seal().der();
            return seal.length + letter(begun).der().length;
        }
    }

    Letter nextLetter() throws Exception {
        Letter letter = letter(epoch);
        letter.der();
        return letter;
    }

    private Letter letter(SealedEpoch of) throws Exception {
        return of.letter(sender, ContentPurpose.CONTENT, chain, ++counter, content, now);
    }

    /// By an opener that has not seen the epoch.
    Object open() throws Exception {
        int device = next();
        try (EnvelopeOpener unacquainted = new EnvelopeOpener(receivers.get(device))) {
            return unacquainted.open(delivered.get(device), ContentPurpose.CONTENT, _ -> Optional.of(path));
        }
    }

    Object openNext() throws Exception {
        return opener.open(delivered.getFirst(), ContentPurpose.CONTENT, _ -> Optional.of(path));
    }

    Object openByPrimitives() throws Exception {
        int device = next();
        return primitives.open(privateKeys.get(device), wraps.get(device));
    }

    private int next() {
        turn = (turn + 1) % devices;
        return turn;
    }

    Primitives primitives() {
        return primitives;
    }

    List<RSAPublicKey> publicKeys() {
        return publicKeys;
    }
}
