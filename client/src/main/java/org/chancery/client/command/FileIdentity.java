package org.chancery.client.command;

import java.io.IOException;
import java.nio.file.Path;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.console.PassphraseException;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.keystore.PrivateKeyFile;
import org.chancery.pki.path.TrustAnchors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whose key seals or opens a file: the keystore's, or one that lies in PEM as `openssl` has it.
final class FileIdentity {
    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "your private key (PKCS #8, PEM) instead of a keystore; needs --cert")
    private @Nullable Path key;

    @Option(names = "--cert", paramLabel = "CERT", description = "the certificate for --key, then its issuers")
    private @Nullable Path certificate;

    /// An identity, and whom it pins: nobody, where it comes from PEM.
    record Opened(Identity identity, TrustAnchors pinned) {}

    Opened open(ClientCommand client) throws CommandException, IOException, KeyStoreFileException, PassphraseException {
        if (key == null && certificate == null) {
            try (Passphrase passphrase = client.passphrase()) {
                KeyStoreFile keyStore = client.openKeyStore(passphrase);
                return new Opened(keyStore.identity(), keyStore.anchors());
            }
        }
        if (key == null || certificate == null) {
            throw new CommandException(
                    ExitCode.USAGE, "--key and --cert belong together", "or give a keystore: --keystore FILE");
        }
        PrivateKeyFile file = PrivateKeyFile.parse(InputFile.read(key).content());
        try (Passphrase passphrase =
                file.encrypted() ? client.passphrases().existing("passphrase of " + key) : Passphrase.none()) {
            return new Opened(
                    file.identity(passphrase, InputFile.read(certificate).chain()), TrustAnchors.of());
        }
    }
}
