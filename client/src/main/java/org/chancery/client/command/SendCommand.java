package org.chancery.client.command;

import static org.chancery.client.chat.Command.MAX_TEXT_LENGTH;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.chancery.client.chat.Command.Reply;
import org.chancery.client.chat.Command.SendFile;
import org.chancery.client.chat.Command.SendText;
import org.chancery.client.engine.Engine;
import org.chancery.client.store.Party;
import org.chancery.client.terminal.Courier;
import org.chancery.client.terminal.Dispatch;
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
        return ClientSession.use(
                client, session -> report(session.courier().run(message(session.engine()), Courier.PATIENCE)));
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
                surroundings
                        .report()
                        .error(
                                reason,
                                "the message is kept, and leaves once that is put right and this messenger connects again");
                yield ExitCode.UNREACHABLE.code();
            }
        };
    }

    private org.chancery.client.chat.Command message(Engine engine) throws IOException, CommandException {
        if (replyTo < 0 || (replyTo > 0 && file != null)) {
            throw new CommandException(
                    ExitCode.BAD_INPUT, "a text answers a message, which are counted from 1", "client history --json");
        }
        Party party = to.party(engine);
        if (replyTo > 0 && !engine.isAnswerable(party, replyTo)) {
            throw new CommandException(
                    ExitCode.NO, "there is no message " + replyTo + " to answer in this conversation", "");
        }
        try {
            if (file != null) {
                return new SendFile(party, readable(file), text());
            }
            return replyTo > 0 ? new Reply(replyTo, text()) : new SendText(party, text());
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()), "");
        }
    }

    private static Path readable(Path file) throws CommandException {
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
