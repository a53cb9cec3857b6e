package org.chancery.client.command;

import static org.chancery.client.engine.Command.MAX_TEXT_LENGTH;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.client.control.ControlClient;
import org.chancery.client.control.ControlServer;
import org.chancery.client.control.Dispatch;
import org.chancery.client.control.Errand;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoreFailure;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Printable;
import org.chancery.console.Surroundings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client send`: one message, and the certainty that the relay has it.
@Command(
        name = "send",
        description = "Sends one message; done when the relay has it durably.",
        footer = {
            "  client send --keystore alice.p12 --to bob@lab.example 'on my way'",
            "  client send --keystore alice.p12 --room 'Incident 42' 'the router is back'",
            "  client send --keystore alice.p12 --to bob@lab.example --reply-to 17 'at noon'",
            "  uptime | client send --keystore alice.p12 --passphrase-file p --to bob@lab.example -"
        })
final class SendCommand implements Callable<Integer> {
    private static final int MAX_OCTETS = 3 * MAX_TEXT_LENGTH; // UTF-8 of a UTF-16 unit, at most

    @ParentCommand
    private ClientCommand client;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Addressee to;

    @Option(
            names = "--reply-to",
            paramLabel = "ID",
            description = "the message that this answers, by its id in history --json")
    private long replyTo;

    @Parameters(paramLabel = "TEXT", arity = "0..1", description = "what to say; - or nothing reads standard input")
    private String text = "-";

    @Override
    public Integer call() throws Exception {
        Errand message = message();
        Optional<Dispatch> handedOver = handOver(message);
        if (handedOver.isPresent()) {
            return report(handedOver.get());
        }
        try (ClientSession session = ClientSession.open(client)) {
            return report(session.courier().send(message, ControlServer.PATIENCE));
        } catch (StoreException e) {
            // Somebody took the store in between, and listens by now.
            Optional<Dispatch> late = e.failure() == StoreFailure.IN_USE ? handOver(message) : Optional.empty();
            if (late.isEmpty()) {
                throw e;
            }
            return report(late.get());
        }
    }

    private Optional<Dispatch> handOver(Errand message) throws IOException, CommandException {
        return ControlClient.send(client.storeLocation().controlSocket(), message);
    }

    private int report(Dispatch dispatch) {
        Surroundings surroundings = client.surroundings();
        return switch (dispatch) {
            case Dispatch.Published(long sequence) -> {
                surroundings
                        .out()
                        .println(
                                "sent to " + Printable.of(to.name()) + ", number " + sequence + " of the conversation");
                yield ExitCode.DONE.code();
            }
            case Dispatch.Failed(String sentence) -> {
                surroundings.report().error(sentence);
                yield ExitCode.NO.code();
            }
            case Dispatch.Queued(String reason) -> {
                surroundings.report().error(reason, "the message is kept, and leaves with the next connection");
                yield ExitCode.UNREACHABLE.code();
            }
        };
    }

    private Errand message() throws IOException, CommandException {
        try {
            return new Errand(to.name(), to.isRoom(), text.equals("-") ? standardInput() : text, replyTo);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()), "");
        }
    }

    private String standardInput() throws IOException, CommandException {
        InputStream in = client.surroundings().in();
        byte[] octets = in.readNBytes(MAX_OCTETS + 1);
        if (octets.length > MAX_OCTETS) {
            throw new CommandException(ExitCode.BAD_INPUT, "more than " + MAX_OCTETS + " octets of text", "");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString()
                    .stripTrailing();
        } catch (CharacterCodingException e) {
            throw new CommandException(ExitCode.BAD_INPUT, "standard input is not UTF-8 text", "");
        }
    }
}
