package org.chancery.client.command;

import java.io.IOException;
import org.chancery.client.control.ControlServer;
import org.chancery.client.control.Courier;
import org.chancery.client.engine.Engine;
import org.chancery.client.engine.EngineConfig;
import org.chancery.client.keys.KeyDirectory;
import org.chancery.client.store.MessageStore;
import org.chancery.console.Surroundings;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;

/// The messenger at work for one command: keystore and store open, the engine running, other commands heard.
final class ClientSession implements AutoCloseable {
    private final MessageStore store;
    private final Engine engine;
    private final Courier courier;
    private final ControlServer control;

    private ClientSession(MessageStore store, Engine engine, Courier courier, ControlServer control) {
        this.store = store;
        this.engine = engine;
        this.courier = courier;
        this.control = control;
    }

    /// Opens everything and begins to connect. Wherever that fails, what was opened is closed again.
    static ClientSession open(ClientCommand client) throws Exception {
        try (Passphrase passphrase = client.passphrase()) {
            return open(client, passphrase);
        }
    }

    /// As [#open(ClientCommand)], with a passphrase that was come by elsewhere; the caller closes it.
    static ClientSession open(ClientCommand client, Passphrase passphrase) throws Exception {
        Surroundings surroundings = client.surroundings();
        KeyStoreFile keyStore = client.openKeyStore(passphrase);
        EngineConfig config = EngineConfig.of(keyStore.identity(), keyStore.anchors(), client.server())
                .withEpochLetters(client.epochMessages())
                .withReadNotes(client.readNotes());
        MessageStore store = MessageStore.open(client.storeLocation(), passphrase, surroundings.random());
        try {
            Engine engine = new Engine(
                    config,
                    store,
                    KeyDirectory.open(client.storeLocation().envelopeKeys()),
                    surroundings.clock(),
                    surroundings.random());
            Courier courier = new Courier(engine);
            ControlServer control = ControlServer.open(client.storeLocation().controlSocket(), courier);
            engine.start();
            return new ClientSession(store, engine, courier, control);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    Engine engine() {
        return engine;
    }

    Courier courier() {
        return courier;
    }

    /// Takes no more work, finishes what there is, and lets the store go.
    @Override
    public void close() throws IOException {
        try (store) {
            control.close();
            courier.close();
            engine.close();
        }
    }
}
