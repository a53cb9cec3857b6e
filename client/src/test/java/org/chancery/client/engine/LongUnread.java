package org.chancery.client.engine;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.connection.RelayAddress;
import org.chancery.client.keys.KeyDirectory;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.Origin;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.content.Body;

/// A process of its own, with a heap of a size that its caller has chosen: somebody has many long messages that they
/// have not read, and starts the messenger.
final class LongUnread {
    static final int LINES = 600;

    private static final Address MALLORY = new Address("mallory@lab.example");

    private LongUnread() {}

    public static void main(String[] args) throws Exception {
        TestPki pki = TestPki.create();
        Identity bob = pki.client("bob@lab.example");
        StoreLocation location = new StoreLocation(Path.of(args[0]).resolve("bob.p12"));
        SecureRandom random = new SecureRandom();
        try (MessageStore store = MessageStore.open(location, Passphrase.none(), random)) {
            Party party = Party.person(bob.address(), MALLORY);
            DeviceId device = new DeviceId("ab".repeat(32));
            ChainId chain = ChainId.random(random);
            Body text = new Body.Text("\u4e2d".repeat(Body.Text.MAX_CHARACTERS));
            store.conversations().put(Conversation.begun(party, ChainId.random(random)));
            store.commit(() -> {
                for (int number = 1; number <= LINES; number++) {
                    store.history()
                            .add(
                                    new Origin.Letter(device, chain, number),
                                    new Line(
                                            party,
                                            MALLORY,
                                            Optional.of(device),
                                            false,
                                            Optional.of(text),
                                            pki.now(),
                                            Optional.of(pki.now()),
                                            OptionalLong.of(number),
                                            Optional.empty(),
                                            Optional.empty()));
                }
            });
            EngineConfig config = EngineConfig.of(bob, pki.trustAnchors(), new RelayAddress("127.0.0.1", 1));
            int[] heard = {0};
            try (Engine engine =
                    new Engine(config, store, KeyDirectory.open(location.envelopeKeys()), pki.clock(), random)) {
                engine.last(party, LINES, _ -> heard[0]++);
                System.out.println(
                        heard[0] + " of " + engine.contacts().getFirst().unread() + " unread");
            }
        }
    }
}
