package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `client directory` against a relay: who is there, what their certificates and device chains are worth.
final class DirectoryIT {
    @TempDir
    Path directory;

    @Test
    void showsWhoIsThereAndWhoIsRevoked() throws Exception {
        try (Lab lab = Lab.in(directory)) {
            Lab.RunningRelay relay = lab.startRelay();
            Program bob = lab.start("client", "listen", "--keystore", "bob.p12", "--server", relay.address());
            relay.program().awaitLine("[+] bob@lab.example");
            assertThat(list(lab, relay, "carol", "--keystore", "alice.p12").code())
                    .isEqualTo(1);

            Outcome people = list(lab, relay, "bob", "--json", "--keystore", "alice.p12");
            assertThat(people.code()).as(people.toString()).isZero();
            assertThat(people.output())
                    .singleElement()
                    .asString()
                    .contains(
                            "\"address\":\"bob@lab.example\"",
                            "\"chain\":\"verified\"",
                            "\"state\":\"valid\",\"onChain\":true,\"refusedByRelay\":false,\"online\":true");

            // Alice's own chain began with her first visit.
            Outcome own = list(lab, relay, "alice", "--keystore", "alice.p12");
            assertThat(own.toString()).contains("device chain verified", "on the chain");

            Outcome beside = list(lab, relay, "alice", "--keystore", "bob.p12");
            assertThat(beside.toString()).contains("alice@lab.example");

            bob.terminate();
            bob.awaitExit();
            lab.must("ca", "revoke", "bob.pem", "--reason", "keyCompromise");
            lab.publishCrls();
            relay.program().awaitError(": 1 entries, next by");
            assertThat(list(lab, relay, "bob", "--json", "--keystore", "alice.p12")
                            .toString())
                    .contains("\"state\":\"revoked\"", "\"refusedByRelay\":true", "\"online\":false");
        }
    }

    private static Outcome list(Lab lab, Lab.RunningRelay relay, String prefix, String... options) throws Exception {
        String[] command = new String[options.length + 4];
        command[0] = "directory";
        command[1] = prefix;
        command[2] = "--server";
        command[3] = relay.address();
        System.arraycopy(options, 0, command, 4, options.length);
        return lab.run("client", command);
    }
}
