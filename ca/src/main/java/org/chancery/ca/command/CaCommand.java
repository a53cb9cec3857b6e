package org.chancery.ca.command;

import static picocli.CommandLine.ScopeType.INHERIT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.AuthorityException;
import org.chancery.ca.issuance.AuthorityHome;
import org.chancery.ca.profile.Profiles;
import org.chancery.console.CommandRun;
import org.chancery.console.PassphraseException;
import org.chancery.console.PassphraseSource;
import org.chancery.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The authority's command line and main class: what all commands share.
@Command(
        name = "ca",
        description = "A private certificate authority.",
        scope = INHERIT,
        subcommands = {
            InitCommand.class,
            SignCommand.class,
            RenewCommand.class,
            RekeyCommand.class,
            ReissueCommand.class,
            RevokeCommand.class,
            CrlCommand.class,
            ListCommand.class,
            FindCommand.class,
            ShowCommand.class,
            AuditCommand.class,
            VerifyCommand.class,
            LintCommand.class,
            RootCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            DoctorCommand.class,
            SelftestCommand.class
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the answer is no",
            "2:wrong usage",
            "3:bad input",
            "4:refused by policy, or busy",
            "5:cannot reach a token",
            "70:an internal error"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ca init --domain lab.example", "  ca sign alice.csr --profile client --out alice.pem"})
public final class CaCommand implements Runnable {
    private static final String FIRST_STEPS = """
            A private certificate authority. The five commands people need:

              ca init --domain lab.example                          found an authority
              ca sign alice.csr --profile client --out alice.pem    certify a person
              ca sign relay.csr --profile server --out relay.pem    certify a relay
              ca list                                               see what has been issued
              ca revoke alice.pem --reason keyCompromise            end a device, at once

            All of them: ca --help. Each of them: ca COMMAND --help.""";

    private final Surroundings surroundings;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = INHERIT,
            description = "the authority's directory; else CHANCERY_HOME, else ~/.chancery/ca")
    private Path home = Path.of(System.getProperty("user.home"), ".chancery", "ca");

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            scope = INHERIT,
            description = "where the passphrase stands, - for a line of standard input; else the terminal asks")
    private String passphraseFile = "";

    @Option(
            names = "--no-passphrase",
            scope = INHERIT,
            description = "protect the keys by the mode of their files alone")
    private boolean noPassphrase;

    @Option(names = "--json", scope = INHERIT, description = "print the result as one JSON document")
    private boolean json;

    @Option(names = "--help", usageHelp = true, scope = INHERIT, description = "print this and exit")
    @SuppressWarnings("UnusedVariable") // picocli's, before anything runs
    private boolean help;

    CaCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// The process: its one argument list, its one exit code.
    public static void main(String[] arguments) {
        Surroundings surroundings = Surroundings.ofProcess();
        System.exit(CommandRun.run(new CaProgram(surroundings), surroundings, arguments)
                .code());
    }

    @Override
    public void run() {
        surroundings.out().println(FIRST_STEPS);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    AuthorityHome home() {
        return new AuthorityHome(home);
    }

    Authority openAuthority() throws IOException, AuthorityException {
        return Authority.open(home(), surroundings.clock(), surroundings.random());
    }

    /// The profiles in the directory where `ca.properties` is looked for.
    Profiles profiles() {
        return Profiles.below(surroundings.confDirectory());
    }

    PassphraseSource passphrases() throws PassphraseException {
        return PassphraseSource.choose(noPassphrase, passphraseFile, surroundings.in(), surroundings.prompt());
    }

    /// The file that the passphrase stands in, if it is one.
    Optional<Path> passphraseFile() {
        return passphraseFile.isEmpty() || passphraseFile.equals("-")
                ? Optional.empty()
                : Optional.of(Path.of(passphraseFile));
    }

    /// As [#passphrases()], but nobody is asked for what this authority never had.
    PassphraseSource passphrases(Authority authority) throws PassphraseException {
        boolean none = noPassphrase || (authority.properties().protectedByMode() && passphraseFile.isEmpty());
        return PassphraseSource.choose(none, passphraseFile, surroundings.in(), surroundings.prompt());
    }

    /// The result of a command: words, or with `--json` one document.
    void print(Facts facts) {
        if (json) {
            surroundings.out().println(facts.json().text());
        } else {
            facts.print(surroundings.out());
        }
    }

    boolean json() {
        return json;
    }
}
