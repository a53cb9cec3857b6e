package org.chancery.client.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;
import org.chancery.client.connection.RelayAddress;
import org.chancery.client.control.ControlServer;
import org.chancery.client.control.Invocation;
import org.chancery.client.engine.Engine;
import org.chancery.client.engine.EngineConfig;
import org.chancery.client.keys.KeyDirectory;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreLocation;
import org.chancery.client.terminal.Courier;
import org.chancery.console.CommandException;
import org.chancery.console.CommandRun;
import org.chancery.console.ExitCode;
import org.chancery.console.Surroundings;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;

/// The messenger at work for one command: keystore and store open, the engine running, other commands heard.
final class ClientSession implements AutoCloseable {
    private final Surroundings surroundings;
    private final RelayAddress server;
    private final StoreLocation location;
    private final MessageStore store;
    private final Engine engine;
    private final Courier courier;
    private final ControlServer control;

    private ClientSession(ClientCommand client, MessageStore store, Engine engine)
            throws IOException, CommandException {
        this.surroundings = client.surroundings();
        this.server = client.server();
        this.location = client.storeLocation();
        this.store = store;
        this.engine = engine;
        this.courier = new Courier(engine);
        this.control = ControlServer.open(location.controlSocket(), this::run);
    }

    /// Has some work done by the messenger of this keystore that runs already, or by one that runs for that alone.
    static int use(ClientCommand client, Owner.Work work) throws Exception {
        return Owner.orHere(client, work, () -> {
            try (ClientSession session = open(client)) {
                return work.in(session);
            }
        });
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
            ClientSession session = new ClientSession(client, store, engine);
            engine.start();
            return session;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /// A command line of another process of the same person.
    private ExitCode run(Invocation invocation, InputStream in, PrintStream out, PrintStream err) {
        Surroundings theirs = surroundings.of(invocation.directory(), in, out, err);
        return CommandRun.run(
                new ClientProgram(theirs, Optional.of(this)),
                theirs,
                invocation.arguments().toArray(String[]::new));
    }

    Engine engine() {
        return engine;
    }

    StoreLocation location() {
        return location;
    }

    MessageStore store() {
        return store;
    }

    RelayAddress server() {
        return server;
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
