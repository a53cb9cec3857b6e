package org.chancery.server.command;

import static picocli.CommandLine.ScopeType.INHERIT;

import org.chancery.console.CommandRun;
import org.chancery.console.PassphraseException;
import org.chancery.console.PassphraseSource;
import org.chancery.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The relay's command line and main class: what all commands share.
@Command(
        name = "server",
        description = "A relay for conversations it cannot read.",
        scope = INHERIT,
        subcommands = {
            RequestCommand.class,
            ImportCommand.class,
            RunCommand.class,
            StatusCommand.class,
            SessionsCommand.class,
            DisconnectCommand.class,
            BackupCommand.class,
            RestoreCommand.class
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the answer is no: the device is not here",
            "2:wrong usage",
            "3:bad input",
            "4:refused by policy, or busy",
            "5:no relay runs there, or the address to listen on is not to be had",
            "69:no suitable Java, or not built yet",
            "70:an internal error"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  server request --ip 127.0.0.1 --keystore server.p12 --out server.csr",
            "  server run --keystore server.p12 --trust root.pem --crl crl/root.pem --crl crl/issuing.pem"
        })
public final class ServerCommand implements Runnable {

    private static final String FIRST_STEPS = """
            A relay for conversations it cannot read. What it takes to run one:

              server request --ip 127.0.0.1 --keystore server.p12 --out server.csr   a key, and a request for it
              server import --keystore server.p12 server.pem                         the certificate, when signed
              server run --keystore server.p12 --trust root.pem --crl crl/root.pem --crl crl/issuing.pem

            One that runs answers server status, sessions, disconnect and backup. More of each: server COMMAND --help.""";

    private final Surroundings surroundings;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            scope = INHERIT,
            description = "where the passphrase stands, - for a line of standard input; else the terminal asks")
    private String passphraseFile = "";

    @Option(names = "--no-passphrase", scope = INHERIT, description = "protect the key by the mode of its file alone")
    private boolean noPassphrase;

    @Option(names = "--help", usageHelp = true, scope = INHERIT, description = "print this and exit")
    @SuppressWarnings("UnusedVariable") // picocli's, before anything runs
    private boolean help;

    ServerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// The process: its one argument list, its one exit code.
    public static void main(String[] arguments) {
        // Before anything touches JSSE: see TlsIdentity.
        System.setProperty("jdk.tls.server.newSessionTicketCount", "0");
        Surroundings surroundings = Surroundings.ofProcess();
        System.exit(CommandRun.run(new ServerProgram(surroundings), surroundings, arguments)
                .code());
    }

    @Override
    public void run() {
        surroundings.out().println(FIRST_STEPS);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    PassphraseSource passphrases() throws PassphraseException {
        return PassphraseSource.choose(noPassphrase, passphraseFile, surroundings.in(), surroundings.prompt());
    }
}
