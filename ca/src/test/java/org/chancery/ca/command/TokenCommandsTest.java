package org.chancery.ca.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProviderException;
import java.security.SecureRandom;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.AuthorityHome;
import org.chancery.ca.issuance.Issuer;
import org.chancery.ca.issuance.PreparedCertificate;
import org.chancery.ca.issuance.TestAuthorityHome;
import org.chancery.ca.key.SoftHsm;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.ca.profile.Grant;
import org.chancery.ca.profile.TestProfiles;
import org.chancery.ca.profile.Wishes;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.request.CertificateRequest;
import org.chancery.pki.testing.Openssl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An authority whose keys lie on a token: everything it does every day, and what can be wrong with the token.
class TokenCommandsTest {
    @TempDir
    Path directory;

    private CommandScript script;

    @BeforeEach
    void haveTokens() throws Exception {
        SoftHsm.require();
        script = new CommandScript(directory);
    }

    @Test
    void doesEverythingWithBothKeysOnAToken() throws Exception {
        script.play("@ request alice.csr alice email:alice@lab.example");
        String init = script.play(init("hsm", SoftHsm.uri("lab", "root"), SoftHsm.uri("lab", "issuing")));
        assertThat(init).contains("keys protected by  tokens").contains("= 0").doesNotContain(".p12");
        assertThat(Files.readString(directory.resolve("hsm/authority.properties")))
                .contains("root-key=" + SoftHsm.uri("lab", "root"));

        done("$ ca sign $DIR/alice.csr --profile client --out $DIR/alice.pem --home $DIR/hsm");
        done("$ ca crl --home $DIR/hsm --out $DIR/crls.pem");
        done("$ ca verify --trust $DIR/hsm/root.pem --crl $DIR/crls.pem --purpose client $DIR/alice.pem");
        done("$ ca revoke $DIR/alice.pem --home $DIR/hsm");
        done("$ ca root crl --home $DIR/hsm");
        // Nobody finds a key in a file that he meant for the token.
        assertThat(script.play("$ ca root issue-issuing --home $DIR/hsm"))
                .contains("where shall the new one lie?")
                .contains("= 2");
        assertThat(script.play("$ ca root replace --home $DIR/hsm"))
                .contains("! hint: give --root-key with another object on the token, or --root-key file");
        done("$ ca root issue-issuing --home $DIR/hsm --key-type ec-p256 --issuing-key \""
                + SoftHsm.uri("lab", "issuing%20two") + "\"");
        done("$ ca sign $DIR/alice.csr --profile client --out $DIR/again.pem --home $DIR/hsm");
        assertThat(directory.resolve("hsm/issuing-2.p12")).doesNotExist();
        if (Openssl.present()) {
            Openssl.succeed(directory, "crl", "-in", "hsm/crl/root.pem", "-CAfile", "hsm/root.pem", "-noout");
        }
        // Another CA may not have the same key.
        assertThat(script.play("$ ca root issue-issuing --home $DIR/hsm --key-type ec-p256 --issuing-key \""
                        + SoftHsm.uri("lab", "issuing%20two") + "\""))
                .contains("is that of another CA or device already");
    }

    @Test
    void namesWhatIsWrongWithAToken() throws Exception {
        assertThat(script.play(init("one", SoftHsm.uri("nowhere", "root"), SoftHsm.uri("lab", "x"))))
                .contains("! error: no token nowhere at " + SoftHsm.LIBRARY)
                .contains("= 5");
        assertThat(script.play(init("two", SoftHsm.uri("twice", "root"), SoftHsm.uri("lab", "x"))))
                .contains("! error: 2 tokens twice at " + SoftHsm.LIBRARY);
        assertThat(script.play("$ ca root crl --root-key \"" + SoftHsm.uri("lab", "nothing") + "\""))
                .contains("! error: the token lab has no key nothing with a certificate")
                .contains("= 3");
        assertThat(script.play("$ ca root crl --root-key \"pkcs11:token=lab;object=root?module-path=$DIR/passphrase\""))
                .contains("/passphrase is no PKCS#11 library")
                .contains("= 3");
        assertThat(directory.resolve("one")).doesNotExist();
    }

    @Test
    void doesNotTakeAWrongPin() throws Exception {
        Files.writeString(directory.resolve("wrong"), "another one\n");

        assertThat(script.play(
                        "$ ca root crl --passphrase-file $DIR/wrong --root-key \"" + SoftHsm.uri("lab", "root") + "\""))
                .contains("! error: the token lab does not take this PIN")
                .contains("= 3");
    }

    @Test
    void aTokenPulledOutLeavesTheIntentAndNothingElse() throws Exception {
        script.play("@ request bob.csr bob email:bob@lab.example");
        assertThat(script.play(init("gone", SoftHsm.uri("lab", "gone%20root"), SoftHsm.uri("pulled", "issuing"))))
                .contains("= 0");
        CertificateRequest request = CertificateRequest.parse(
                Pem.derOf(Files.readAllBytes(directory.resolve("bob.csr")), PemLabel.CERTIFICATE_REQUEST)
                        .getFirst());
        try (Authority authority = Authority.open(
                        new AuthorityHome(directory.resolve("gone")), TestAuthorityHome.CLOCK, new SecureRandom());
                Passphrase pin = TestAuthorityHome.passphrase()) {
            Issuer issuer = authority.issuer(pin);
            Grant grant = authority.decide(request, TestProfiles.client(), Wishes.NONE);
            PreparedCertificate prepared = issuer.prepare((Grant.Granted) grant);
            SoftHsm.pullOut("pulled");

            assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> issuer.issue(prepared));
            assertThat(authority.ledger().entries().getLast()).isInstanceOf(LedgerEntry.Intended.class);
        }
        assertThat(script.play("$ ca sign $DIR/bob.csr --profile client --home $DIR/gone"))
                .contains("! error: ")
                .contains("= 5");
        assertThat(script.play("$ ca list --home $DIR/gone")).contains("= 0");
    }

    private void done(String line) throws Exception {
        assertThat(script.play(line)).endsWith("= 0\n");
    }

    private static String init(String home, String rootKey, String issuingKey) {
        return "$ ca init --home $DIR/" + home + " --domain lab.example --root-key-type ec-p256 --root-key \"" + rootKey
                + "\" --issuing-key \"" + issuingKey + "\"";
    }
}
