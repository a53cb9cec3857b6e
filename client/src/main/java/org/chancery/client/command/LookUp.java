package org.chancery.client.command;

import org.chancery.client.engine.Engine;
import org.chancery.client.engine.EngineConfig;
import org.chancery.client.keys.KeyDirectory;
import org.chancery.client.store.MessageStore;
import org.chancery.console.Surroundings;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;

/// Reads what the messenger remembers, without connecting.
final class LookUp {
    /// What to do with an engine that has not been started: it answers from the store.
    interface Question {
        int ask(Engine engine) throws Exception;
    }

    private LookUp() {}

    static int in(ClientCommand client, Question question) throws Exception {
        return Owner.orHere(client, session -> question.ask(session.engine()), () -> alone(client, question));
    }

    private static int alone(ClientCommand client, Question question) throws Exception {
        Surroundings surroundings = client.surroundings();
        try (Passphrase passphrase = client.passphrase()) {
            KeyStoreFile keyStore = client.openKeyStore(passphrase);
            EngineConfig config = EngineConfig.of(keyStore.identity(), keyStore.anchors(), client.server());
            try (MessageStore store = MessageStore.open(client.storeLocation(), passphrase, surroundings.random());
                    Engine engine = new Engine(
                            config,
                            store,
                            KeyDirectory.open(client.storeLocation().envelopeKeys()),
                            surroundings.clock(),
                            surroundings.random())) {
                return question.ask(engine);
            }
        }
    }
}
