package org.chancery.client.command;

import static picocli.CommandLine.ScopeType.INHERIT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.client.connection.RelayAddress;
import org.chancery.client.engine.EngineConfig;
import org.chancery.client.store.StoreLocation;
import org.chancery.console.CommandException;
import org.chancery.console.CommandRun;
import org.chancery.console.ExitCode;
import org.chancery.console.PassphraseException;
import org.chancery.console.PassphraseSource;
import org.chancery.console.Surroundings;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The messenger's command line and main class: what all commands share.
@Command(
        name = "client",
        description = "An end-to-end encrypted messenger: your certificate is who you are.",
        scope = INHERIT,
        subcommands = {
            GuiCommand.class,
            RequestCommand.class,
            ImportCommand.class,
            ChatCommand.class,
            SendCommand.class,
            ListenCommand.class,
            ContactsCommand.class,
            RoomsCommand.class,
            DirectoryCommand.class,
            DevicesCommand.class,
            VerifyCommand.class,
            HistoryCommand.class,
            SearchCommand.class,
            BlockCommand.class,
            UnblockCommand.class,
            SaveCommand.class,
            StatusCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            KeysCommand.class,
            SealCommand.class,
            OpenCommand.class
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the answer is no: nobody can receive it, it does not open",
            "2:wrong usage",
            "3:bad input",
            "4:refused by policy, or busy",
            "5:cannot reach, or was refused by, the relay",
            "70:an internal error"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  client --keystore alice.p12", "  client send --keystore alice.p12 --to bob@lab.example 'on my way'"
        })
public final class ClientCommand implements Callable<Integer> {
    private static final String FIRST_STEPS = """
            An end-to-end encrypted messenger. The five commands people need:

              client request --address alice@lab.example --keystore alice.p12 --out alice.csr    make a key
              client import --keystore alice.p12 --trust root.pem alice.pem    the signed certificate back
              client --keystore alice.p12                                      the window
              client chat --keystore alice.p12 --to bob@lab.example            the same in a terminal
              client send --keystore alice.p12 --to bob@lab.example TEXT       one message, for scripts

            All of them: client --help. Each of them: client COMMAND --help.""";

    private final Surroundings surroundings;
    private final Optional<ClientSession> running;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--keystore",
            paramLabel = "FILE",
            scope = INHERIT,
            description = "your key and certificate (PKCS #12); what the messenger remembers lies beside it")
    private @Nullable Path keyStore;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            scope = INHERIT,
            converter = RelayAddressConverter.class,
            description = "the relay. Default: 127.0.0.1:65432")
    private RelayAddress server = new RelayAddress("127.0.0.1", 65432);

    @Option(
            names = "--epoch-messages",
            paramLabel = "N",
            scope = INHERIT,
            description =
                    "how many messages one key seals, 1 to 100; with 1 each has an AES key of its own, wrapped by RSA for"
                            + " every device. Default: 100")
    private int epochMessages = EngineConfig.DEFAULT_EPOCH_LETTERS;

    @Option(names = "--no-read-notes", scope = INHERIT, description = "does not tell others how far you have read")
    private boolean noReadNotes;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            scope = INHERIT,
            description = "where the passphrase stands, - for a line of standard input; else the terminal asks")
    private String passphraseFile = "";

    @Option(
            names = "--no-passphrase",
            scope = INHERIT,
            description = "the key is protected by the mode of its file alone")
    private boolean noPassphrase;

    @Option(names = "--help", usageHelp = true, scope = INHERIT, description = "print this and exit")
    @SuppressWarnings("UnusedVariable") // picocli's, before anything runs
    private boolean help;

    ClientCommand(Surroundings surroundings, Optional<ClientSession> running) {
        this.surroundings = surroundings;
        this.running = running;
    }

    /// The process: its one argument list, its one exit code.
    public static void main(String[] arguments) {
        Surroundings surroundings = Surroundings.ofProcess();
        System.exit(CommandRun.run(new ClientProgram(surroundings), surroundings, arguments)
                .code());
    }

    @Override
    public Integer call() throws Exception {
        if (keyStore != null) {
            return GuiCommand.open(this);
        }
        surroundings.out().println(FIRST_STEPS);
        return ExitCode.DONE.code();
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /// The messenger that runs in this process already, and does what another process asks it for.
    Optional<ClientSession> running() {
        return running;
    }

    /// The command line, as it was typed.
    String[] arguments() {
        return spec.commandLine().getParseResult().originalArgs().toArray(String[]::new);
    }

    int epochMessages() throws CommandException {
        if (epochMessages < 1 || epochMessages > EngineConfig.DEFAULT_EPOCH_LETTERS) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--epoch-messages " + epochMessages + ", 1 to " + EngineConfig.DEFAULT_EPOCH_LETTERS,
                    "");
        }
        return epochMessages;
    }

    boolean readNotes() {
        return !noReadNotes;
    }

    RelayAddress server() {
        return server;
    }

    PassphraseSource passphrases() throws PassphraseException {
        return PassphraseSource.choose(noPassphrase, passphraseFile, surroundings.in(), surroundings.prompt());
    }

    /// The keystore that was named.
    Path keyStore() throws CommandException {
        if (keyStore == null) {
            throw new CommandException(
                    ExitCode.USAGE, "missing required option: --keystore=FILE", "see: client --help");
        }
        return keyStore;
    }

    /// The keystore that was named and is there.
    Path existingKeyStore() throws CommandException {
        Path file = keyStore();
        if (!Files.exists(file)) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "no such file: " + file,
                    "to make one: client request --address YOU@DOMAIN --keystore " + file + " --out you.csr");
        }
        return file;
    }

    /// The passphrase of the keystore that was named.
    Passphrase passphrase() throws CommandException, IOException, KeyStoreFileException, PassphraseException {
        return passphrases().existing("passphrase of " + existingKeyStore().getFileName());
    }

    /// The keystore that was named, opened; with its certificate.
    KeyStoreFile openKeyStore(Passphrase passphrase) throws CommandException, IOException, KeyStoreFileException {
        return KeyStoreFile.open(existingKeyStore(), passphrase);
    }

    StoreLocation storeLocation() throws CommandException {
        return new StoreLocation(existingKeyStore());
    }
}
