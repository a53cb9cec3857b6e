package org.chancery.client.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.client.ui.ChatWindow;
import org.chancery.client.ui.PassphraseDialog;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.PassphraseException;
import org.chancery.pki.keystore.KeyStoreFailure;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `client gui`, and `client` with a keystore and nothing else: the window.
@Command(
        name = "gui",
        description = "Opens the window; what client --keystore FILE does without a command.",
        footer = {
            "  client gui --keystore alice.p12",
            "  client gui --keystore alice.p12 --server chat.lab.example:65432"
        })
final class GuiCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Override
    public Integer call() throws Exception {
        return open(client);
    }

    static int open(ClientCommand client) throws Exception {
        if (!ChatWindow.possible()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "there is no display to open a window on",
                    "in a terminal: client chat --keystore " + client.keyStore());
        }
        try (Interruption _ = Interruption.heard();
                Passphrase passphrase = passphrase(client);
                ClientSession session = ClientSession.open(client, passphrase)) {
            ChatWindow.open(session.engine(), client.surroundings().clock()).awaitClosed();
        } catch (InterruptedException e) {
            return ExitCode.DONE.code(); // told to stop
        }
        return ExitCode.DONE.code();
    }

    /// Started by a click, there is no terminal to ask at: a dialog does.
    private static Passphrase passphrase(ClientCommand client) throws Exception {
        try {
            return client.passphrase();
        } catch (PassphraseException e) {
            if (e.failure() == PassphraseException.Failure.NO_TERMINAL) {
                return typed(client);
            }
            throw e;
        }
    }

    /// Asks until the keystore opens, or the person gives up.
    private static Passphrase typed(ClientCommand client) throws Exception {
        String name = String.valueOf(client.existingKeyStore().getFileName());
        Optional<String> problem = Optional.empty();
        while (true) {
            Passphrase given = PassphraseDialog.ask(name, problem)
                    .orElseThrow(() -> new CommandException(ExitCode.REFUSED, name + " was not unlocked", ""));
            try {
                client.openKeyStore(given);
                return given;
            } catch (KeyStoreFileException e) {
                given.close();
                if (e.failure() != KeyStoreFailure.WRONG_PASSPHRASE) {
                    throw e;
                }
                problem = Optional.of("That passphrase does not open it.");
            }
        }
    }
}
