package org.chancery.client.command;

import java.io.PrintStream;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.chancery.client.chat.SelfView;
import org.chancery.client.engine.EngineConfig;
import org.chancery.client.engine.OwnView;
import org.chancery.console.ExitCode;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.console.Printable;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `client status`: one's own certificate, as a person reads it. Works while the messenger runs.
@Command(
        name = "status",
        description = "Says who you are by your certificate, until when, and who vouches.",
        footer = {"  client status --keystore alice.p12", "  client status --keystore alice.p12 --json"})
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Instant now = client.surroundings().clock().instant();
        try (Passphrase passphrase = client.passphrase()) {
            KeyStoreFile keyStore = client.openKeyStore(passphrase);
            SelfView self = OwnView.of(EngineConfig.of(keyStore.identity(), keyStore.anchors(), client.server()), now);
            print(self, now.isBefore(self.certificateNotAfter()));
        }
        return ExitCode.DONE.code();
    }

    private void print(SelfView self, boolean valid) {
        PrintStream out = client.surroundings().out();
        if (json) {
            JsonArray names = Json.array();
            self.pathNames().forEach(names::add);
            out.println(Json.object()
                    .put("address", self.address().value())
                    .put("displayName", self.displayName())
                    .put("device", self.device().hex())
                    .put("notAfter", self.certificateNotAfter())
                    .put("expired", !valid)
                    .put("path", names)
                    .put("rootSha256", self.rootFingerprint())
                    .put("server", client.server().toString())
                    .text());
            return;
        }
        out.println("address:  " + self.address());
        out.println("name:     " + Printable.of(self.displayName()));
        out.println("device:   " + self.device());
        out.println((valid ? "valid to: " : "ended:    ") + self.certificateNotAfter());
        out.println("path:     " + Printable.of(String.join(" <- ", self.pathNames())));
        out.println("root:     " + self.rootFingerprint());
        out.println("relay:    " + client.server());
    }
}
