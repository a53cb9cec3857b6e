package org.chancery.client.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.chancery.client.keys.DeviceKeys;
import org.chancery.client.keys.KeyDirectory;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreLocation;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `client keys`: the keys that letters to this device are sealed to, for opening them with other tools.
@Command(
        name = "keys",
        description = {
            "Writes the private envelope keys of this device, unprotected, so that other tools can open its letters.",
            "Whoever has that file reads what is sealed to this device: remove it when you have looked."
        },
        footer = {
            "  client keys --keystore bob.p12 --out bob-envelope-keys.pem",
            "  openssl cms -decrypt -inform DER -in letter.cms -inkey bob-envelope-keys.pem -out letter.signed"
        })
final class KeysCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "PKCS #8 in PEM, the newest key first")
    private Path out;

    @Override
    public Integer call() throws Exception {
        return Owner.orHere(client, session -> write(session.location(), session.store()), () -> {
            try (Passphrase passphrase = client.passphrase();
                    MessageStore store = MessageStore.open(
                            client.storeLocation(),
                            passphrase,
                            client.surroundings().random())) {
                return write(client.storeLocation(), store);
            }
        });
    }

    private int write(StoreLocation location, MessageStore store) throws Exception {
        StringBuilder pem = new StringBuilder();
        List<byte[]> privateKeys = DeviceKeys.exposedPrivateKeysDer(KeyDirectory.open(location.envelopeKeys()), store);
        for (byte[] der : privateKeys) {
            pem.append(Pem.encode(PemLabel.PRIVATE_KEY, der));
            Arrays.fill(der, (byte) 0);
        }
        if (pem.isEmpty()) {
            throw new CommandException(
                    ExitCode.NO, "this device has no envelope key yet", "it makes one when it first connects");
        }
        AtomicFile.write(out, pem.toString().getBytes(StandardCharsets.US_ASCII), Access.PRIVATE, false);
        client.surroundings()
                .report()
                .warning(out + " opens what is sealed to this device; remove it when you have looked");
        return ExitCode.DONE.code();
    }
}
