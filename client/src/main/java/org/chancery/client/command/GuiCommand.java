package org.chancery.client.command;

import java.util.concurrent.Callable;
import org.chancery.client.ui.ChatWindow;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
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
                ClientSession session = ClientSession.open(client)) {
            ChatWindow.open(session.engine(), client.surroundings().clock()).awaitClosed();
        } catch (InterruptedException e) {
            return ExitCode.DONE.code(); // told to stop
        }
        return ExitCode.DONE.code();
    }
}
