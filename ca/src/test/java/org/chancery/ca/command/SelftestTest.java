package org.chancery.ca.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.chancery.ca.issuance.TestAuthorityHome;
import org.chancery.pki.testing.Openssl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lines that `--explain` shows, run by `ca selftest`.
class SelftestTest {
    @TempDir
    Path directory;

    private CommandScript script;

    @BeforeEach
    void haveCertificates() throws Exception {
        Openssl.require();
        script = new CommandScript(directory);
        script.play("@ request alice.csr alice email:alice@lab.example");
        script.play("@ request relay.csr relay dns:chat.lab.example");
        script.play("$ ca sign $DIR/alice.csr --profile client --out $DIR/alice.pem");
        script.play("$ ca sign $DIR/relay.csr --profile server --out $DIR/relay.pem");
        script.play("$ ca revoke $DIR/alice.pem");
    }

    @Test
    void opensslAgreesWithEverything() throws Exception {
        String said = selftest();

        assertThat(said).contains("| agrees  yes").contains("= 0").doesNotContain("FAILED");
        assertThat(said.lines().filter(line -> line.contains("openssl verify"))).hasSize(4);
        assertThat(said.lines().filter(line -> line.contains("openssl crl"))).hasSize(2);
    }

    @Test
    void andWithALaterIssuingCaAndRoot() throws Exception {
        script.play("$ ca root issue-issuing --key-type ec-p256");
        script.play("$ ca sign $DIR/alice.csr --profile client --out $DIR/again.pem");
        script.play("$ ca root revoke-issuing $DIR/ca/issuing-2.pem --reason superseded");
        script.play("$ ca root replace --root-key-type ec-p256 --key-type ec-p256");
        script.play("$ ca sign $DIR/relay.csr --profile server --out $DIR/third.pem");

        assertThat(selftest()).contains("| agrees  yes").contains("= 0").doesNotContain("FAILED");
    }

    @Test
    void seesACrlThatIsNotTheCas() throws Exception {
        Path crls = directory.resolve("ca/crl");
        Files.copy(crls.resolve("root.pem"), crls.resolve("issuing.pem"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(selftest())
                .contains("| agrees  no")
                .contains("FAILED: openssl crl")
                .contains("= 1");
    }

    private String selftest() throws Exception {
        return script.play("$ ca selftest --at " + TestAuthorityHome.NOW);
    }
}
