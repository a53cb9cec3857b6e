package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A second device of Alice's, and what she and Bob compare, by the commands that people use.
final class DevicesIT {
    private static final Pattern WORDS = Pattern.compile("six words are: ([a-z ]+)");
    private static final Pattern QR = Pattern.compile("\"qr\":\"([A-Z0-9:]+)\"");

    @TempDir
    Path directory;

    private Lab lab;
    private Lab.RunningRelay relay;

    @BeforeEach
    void startRelay() throws Exception {
        lab = Lab.in(directory);
        relay = lab.startRelay();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private Outcome run(String keystore, String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--keystore", keystore, "--server", relay.address()));
        return lab.run("client", all.toArray(String[]::new));
    }

    private Outcome must(String keystore, String... command) throws Exception {
        Outcome outcome = run(keystore, command);
        assertThat(outcome.code()).as(outcome.toString()).isZero();
        return outcome;
    }

    private void makePhone() throws Exception {
        String alice = Lab.address("alice");
        lab.must("client", "request", "--address", alice, "--keystore", "phone.p12", "--out", "phone.csr");
        lab.must("ca", "sign", "phone.csr", "--profile", "client", "--address", alice, "--out", "phone.pem");
        lab.must("client", "import", "--keystore", "phone.p12", "--trust", "ca/root.pem", "phone.pem");
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1).strip();
    }

    @Test
    void aNewDeviceReadsOnceItIsApprovedAndNothingAfterItWasEnded() throws Exception {
        must("alice.p12", "devices");
        must("bob.p12", "devices");
        makePhone();
        Program phone = lab.start("client", "listen", "--json", "--keystore", "phone.p12", "--server", relay.address());
        String words = found(WORDS, phone.awaitError("six words"));
        must("bob.p12", "send", "--to", Lab.address("alice"), "too early");
        Outcome cannot = run("phone2.p12", "devices");
        assertThat(cannot.code()).as(cannot.toString()).isEqualTo(3);

        Outcome others =
                run("alice.p12", "devices", "approve", "--words", "abacus abbey absent absorb abstract accent");
        assertThat(others.code()).as(others.toString()).isEqualTo(1);
        Outcome approved = must("alice.p12", "devices", "approve", "--words", words);
        String device = found(Pattern.compile("approved: device ([0-9a-f]{64})"), approved.toString());
        assertThat(approved.toString()).contains("history:");
        phone.awaitLine("too early"); // as the laptop has handed it over
        must("bob.p12", "send", "--to", Lab.address("alice"), "to both");
        phone.awaitLine("to both");
        assertThat(Heard.textsBy(phone)).containsExactly("too early", "to both");
        assertThat(must("alice.p12", "devices", "list", "--json").toString())
                .contains("\"standing\":\"on_chain\"", device, "\"waiting\":[]");

        Outcome unsure = run("alice.p12", "devices", "end", device.substring(0, 8));
        assertThat(unsure.code()).as("nobody has answered: " + unsure).isEqualTo(2);
        must("alice.p12", "devices", "end", device.substring(0, 8), "--yes");
        phone.awaitError("ended this device");
        try (RelayDatabase database = RelayDatabase.open(lab.path("relay/relay.db"))) {
            long before = database.wrapsFor(Lab.address("alice"));
            must("bob.p12", "send", "--to", Lab.address("alice"), "too late");
            assertThat(database.wrapsFor(Lab.address("alice")))
                    .as("for the laptop alone")
                    .isEqualTo(before + 1);
        }
        phone.terminate();
        phone.awaitExit();
        assertThat(run("phone.p12", "devices").code()).isEqualTo(5);
        assertThat(Heard.textsBy(phone)).containsExactly("too early", "to both");
    }

    @Test
    void bothSidesSeeOneSafetyNumberAndKeepTheMark() throws Exception {
        must("bob.p12", "devices");
        must("alice.p12", "devices");
        String alice = Lab.address("alice");
        String bob = Lab.address("bob");
        Outcome alices = must("alice.p12", "verify", bob, "--json");
        Outcome bobs = must("bob.p12", "verify", alice, "--json");
        assertThat(alices.toString()).contains("\"verified\":false");
        String scanned = found(QR, bobs.toString());
        assertThat(found(QR, alices.toString())).isEqualTo(scanned);

        Outcome match = must("alice.p12", "verify", bob, "--scanned", scanned, "--mark");
        assertThat(match.toString()).contains("MATCH", "verified: you have compared it");
        assertThat(must("alice.p12", "verify", bob, "--json").toString()).contains("\"verified\":true");
        String other = "CHANCERY1:" + "0".repeat(60);
        Outcome mismatch = run("alice.p12", "verify", bob, "--scanned", other);
        assertThat(mismatch.code()).isEqualTo(1);
        assertThat(mismatch.toString()).contains("MISMATCH");
        Outcome nonsense = run("alice.p12", "verify", bob, "--scanned", "hello");
        assertThat(nonsense.code()).isEqualTo(3);
        Outcome nobody = run("alice.p12", "verify", Lab.address("nobody"));
        assertThat(nobody.code()).as(nobody.toString()).isEqualTo(1);
    }
}
