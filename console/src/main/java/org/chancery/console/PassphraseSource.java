package org.chancery.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;

/// Where a command takes a passphrase from: never from an argument, which every process on the machine can read.
///
/// `--passphrase-file`, else `CHANCERY_PASSPHRASE_FILE` (`-` is a line of standard input), else the terminal,
/// without echo, twice when something is created; or nothing at all with `--no-passphrase`. A file that is named
/// can be read again for each keystore of one command; standard input gives one line each time.
public final class PassphraseSource {
    private enum Kind {
        NONE,
        FILE,
        STANDARD_INPUT,
        PROMPT
    }

    private final Kind kind;
    private final String file;
    private final InputStream standardInput;
    private final Prompt prompt;

    private PassphraseSource(Kind kind, String file, InputStream standardInput, Prompt prompt) {
        this.kind = kind;
        this.file = file;
        this.standardInput = standardInput;
        this.prompt = prompt;
    }

    /// What the command line says, with the defaults that [CommandRun] puts in.
    ///
    /// @param noPassphrase `--no-passphrase`
    /// @param passphraseFile the value of `--passphrase-file`; empty if there is none
    /// @throws PassphraseException `CONTRADICTION` if both options are given
    public static PassphraseSource choose(
            boolean noPassphrase, String passphraseFile, InputStream standardInput, Prompt prompt)
            throws PassphraseException {
        if (noPassphrase && !passphraseFile.isEmpty()) {
            throw new PassphraseException(
                    PassphraseException.Failure.CONTRADICTION, "both a passphrase file and --no-passphrase are given");
        }
        if (noPassphrase) {
            return new PassphraseSource(Kind.NONE, "", standardInput, prompt);
        }
        Kind kind =
                passphraseFile.isEmpty() ? Kind.PROMPT : passphraseFile.equals("-") ? Kind.STANDARD_INPUT : Kind.FILE;
        return new PassphraseSource(kind, passphraseFile, standardInput, prompt);
    }

    /// Whether a key would be protected by the mode of its file alone, which a command that writes one has to say.
    public boolean isNone() {
        return kind == Kind.NONE;
    }

    /// Whether it can be taken again at any time, without a person.
    public boolean isRepeatable() {
        return kind == Kind.NONE || kind == Kind.FILE;
    }

    /// The passphrase of something that exists; the caller closes it.
    ///
    /// @param label what it belongs to, as in `passphrase of alice.p12`
    /// @throws IOException if the file or standard input cannot be read
    /// @throws KeyStoreFileException `MALFORMED_PASSPHRASE`
    /// @throws PassphraseException if the terminal gives none
    public Passphrase existing(String label) throws IOException, KeyStoreFileException, PassphraseException {
        return switch (kind) {
            case NONE -> Passphrase.none();
            case FILE -> Passphrase.readFrom(Path.of(file));
            case STANDARD_INPUT -> Passphrase.readFrom(standardInput);
            case PROMPT -> ask(label);
        };
    }

    /// The passphrase of something to be created: as [#existing(String)], but a person types it twice.
    ///
    /// @throws IOException if the file or standard input cannot be read
    /// @throws KeyStoreFileException `MALFORMED_PASSPHRASE`
    /// @throws PassphraseException if the terminal gives none, or two that differ
    public Passphrase fresh(String label) throws IOException, KeyStoreFileException, PassphraseException {
        if (kind != Kind.PROMPT) {
            return existing(label);
        }
        Passphrase first = ask(label);
        try (Passphrase second = ask(label + ", again")) {
            if (first.sameAs(second)) {
                return first;
            }
            throw new PassphraseException(PassphraseException.Failure.MISMATCH, "the two passphrases differ");
        } catch (PassphraseException e) {
            first.close();
            throw e;
        }
    }

    private Passphrase ask(String label) throws PassphraseException {
        Optional<char[]> typed = prompt.ask(label);
        if (typed.isEmpty()) {
            throw new PassphraseException(
                    PassphraseException.Failure.NO_TERMINAL,
                    "a passphrase is needed and there is no terminal to ask at");
        }
        char[] characters = typed.get();
        try {
            if (characters.length == 0) {
                throw new PassphraseException(PassphraseException.Failure.EMPTY, "the passphrase is empty");
            }
            return Passphrase.of(characters);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }
}
