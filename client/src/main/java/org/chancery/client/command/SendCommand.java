package org.chancery.client.command;

import static org.chancery.client.engine.Command.MAX_TEXT_LENGTH;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client send`: one message, and the certainty that the relay has it.
@Command(
        name = "send",
        description = {
            "Sends one message, or a file with or without a text; done when the relay has it durably. A file may have 1 GiB;",
            "what breaks off goes on with the next command."
        },
        footer = {
            "  client send --keystore alice.p12 --to bob@lab.example 'on my way'",
            "  client send --keystore alice.p12 --room 'Incident 42' 'the router is back'",
            "  client send --keystore alice.p12 --to bob@lab.example --reply-to 17 'at noon'",
            "  client send --keystore alice.p12 --to bob@lab.example --file report.pdf 'as promised'",
            "  uptime | client send --keystore alice.p12 --passphrase-file p --to bob@lab.example -"
        })
final class SendCommand implements Callable<Integer> {
    private static final int MAX_OCTETS = 3 * MAX_TEXT_LENGTH; // UTF-8 of a UTF-16 unit, at most

    @ParentCommand
    private ClientCommand client;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Addressee to = new Addressee();

    @Option(
            names = "--reply-to",
            paramLabel = "ID",
            description = "the message that this answers, by its id in history --json")
    private long replyTo;

    @Option(names = "--file", paramLabel = "F", description = "a file to send; it is sealed as it is read")
    private @Nullable Path file;

    @Parameters(
            paramLabel = "TEXT",
            arity = "0..1",
            description = "what to say; - reads standard input, and so does nothing at all without a file")
    private @Nullable String text;

    @Override
    public Integer call() throws Exception {
        Errand message = message();
        Optional<Dispatch> handedOver = handOver(message);
        if (handedOver.isPresent()) {
            return report(handedOver.get());
        }
        try (ClientSession session = ClientSession.open(client)) {
            return report(session.courier().run(message, ControlServer.PATIENCE));
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
            case Dispatch.Saved _ -> throw new IllegalStateException("nothing was to be saved");
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
            return new Errand.Say(to.name(), to.isRoom(), text(), Optional.ofNullable(source()), replyTo);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()), "");
        }
    }

    /// The file as another process finds it, too.
    private @Nullable Path source() throws CommandException {
        if (file == null) {
            return null;
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandException(ExitCode.BAD_INPUT, "cannot read " + file, "");
        }
        return file.toAbsolutePath().normalize();
    }

    private String text() throws IOException, CommandException {
        if (text == null) {
            return file == null ? standardInput() : "";
        }
        return text.equals("-") ? standardInput() : text;
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
