package org.chancery.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.chancery.ca.command.CaHere;
import org.chancery.pki.revocation.RevocationReason;

/// Everything that `ca` emits, in a lab: an authority at which every command that emits something has been
/// given, and every ceremony held, from its foundation to the replacement of its root.
///
/// What comes of it lies there as people would have it: `alice.pem`, `ca/root.pem`, `safe/root.p12`.
final class Emitted {
    /// Reasons that `ca revoke` takes: all but the two that suspend and resume.
    static final List<RevocationReason> REASONS = Arrays.stream(RevocationReason.values())
            .filter(reason -> reason != RevocationReason.CERTIFICATE_HOLD && reason != RevocationReason.REMOVE_FROM_CRL)
            .toList();

    private static final Instant INVALIDITY_DATE = Instant.parse("2025-10-20T03:04:05Z");

    private final Lab lab;
    private final Set<String> known = new HashSet<>();

    private Emitted(Lab lab) {
        this.lab = lab;
    }

    /// Gives all the commands, in an empty lab.
    static void in(Lab lab) throws IOException, InterruptedException {
        Emitted emitted = new Emitted(lab);
        emitted.foundation();
        emitted.people();
        emitted.successors();
        emitted.issuingCas();
        emitted.revocations();
        emitted.newRoot();
        emitted.withoutUrl();
    }

    /// The certificate that was revoked for a reason.
    static String revokedFor(RevocationReason reason) {
        return "revoked-" + reason.cliName() + ".pem";
    }

    /// Since when its key is suspected, where it is.
    static Optional<Instant> invalidityDate(RevocationReason reason) {
        return Optional.of(INVALIDITY_DATE).filter(date -> reason.name().endsWith("COMPROMISE"));
    }

    /// RSA keys, as where nothing is said; what is served at a URL. The first CRLs are put aside while they
    /// are empty.
    private void foundation() throws IOException, InterruptedException {
        ca("init", "--domain", "lab.example", "--url", "http://pki.lab.example");
        Files.createDirectories(lab.path("empty"));
        for (String name : List.of("root.pem", "issuing.pem")) {
            Files.copy(lab.path("ca/crl").resolve(name), lab.path("empty").resolve(name));
        }
    }

    private void people() throws IOException, InterruptedException {
        lab.request("alice");
        lab.must(
                "client",
                "request",
                "--address",
                "bob@lab.example",
                "--name",
                "Björn",
                "--key-type",
                "ec-p256",
                "--no-passphrase",
                "--keystore",
                "bob.p12",
                "--out",
                "bob.csr");
        requestOfRelay("relay", "ec-p256");
        requestOfRelay("next", "ec-p384");
        requestOfRelay("responder", "ec-p256");
        sign("alice", "alice", "client");
        sign("bob", "bob", "client");
        sign("relay", "relay", "server");
        sign("responder", "ocsp", "ocsp");
        for (RevocationReason reason : REASONS) {
            ca("sign", at("bob.csr"), "--profile", "client", "--out", at(revokedFor(reason)));
        }
        lab.must("client", "import", "--keystore", "alice.p12", "--trust", "ca/root.pem", "alice.pem");
        lab.must("server", "import", "--keystore", "relay.p12", "relay.pem");
    }

    private void successors() throws IOException, InterruptedException {
        ca("renew", at("alice.pem"), "--out", at("renewed.pem"));
        ca("rekey", at("relay.pem"), at("next.csr"), "--out", at("rekeyed.pem"));
        ca("reissue", at("relay.pem"), at("relay.csr"), "--dns", "www.lab.example", "--out", at("reissued.pem"));
    }

    /// A second issuing CA, which is revoked, and a third, which is renewed; certificates below each. By
    /// then the root's key is elsewhere.
    private void issuingCas() throws IOException, InterruptedException {
        Files.createDirectories(lab.path("safe"));
        ca("root", "export", at("safe"));
        ca("root", "issue-issuing", "--key-type", "ec-p256", "--root-key", at("safe/root.p12"));
        sign("bob", "lost", "client");
        ca("root", "issue-issuing", "--key-type", "ec-p384", "--root-key", at("safe/root.p12"));
        sign("bob", "kept", "client");
        ca("root", "issue-issuing", "--renew", "--root-key", at("safe/root.p12"));
        sign("bob", "later", "client");
        ca(
                "root",
                "revoke-issuing",
                at("ca/issuing-2.pem"),
                "--reason",
                "cACompromise",
                "--invalidity-date",
                INVALIDITY_DATE.toString(),
                "--root-key",
                at("safe/root.p12"));
        ca("root", "crl", "--root-key", at("safe/root.p12"));
    }

    /// Comes last, and only certificates of the first issuing CA are concerned: a key that was compromised
    /// once is certified no more.
    private void revocations() throws IOException, InterruptedException {
        for (RevocationReason reason : REASONS) {
            List<String> since = invalidityDate(reason)
                    .map(date -> List.of("--invalidity-date", date.toString()))
                    .orElse(List.of());
            ca(concat(since, "revoke", at(revokedFor(reason)), "--only-this", "--reason", reason.cliName()));
        }
    }

    private void newRoot() throws IOException, InterruptedException {
        Files.copy(lab.path("ca/chain.pem"), lab.path("old-chain.pem"));
        ca("root", "replace", "--root-key-type", "ec-p384", "--key-type", "ec-p256");
        sign("alice", "moved", "client");
        ca("crl", "--out", at("all.crl"));
        ca("backup", at("lab.backup"));
    }

    /// Another authority: nothing to be fetched anywhere, and keys that no passphrase protects.
    private void withoutUrl() throws IOException, InterruptedException {
        String[] there = {"--home", at("plain"), "--no-passphrase"};
        ca(concat(
                List.of(there),
                "init",
                "--domain",
                "lab.example",
                "--root-key-type",
                "ec-p256",
                "--key-type",
                "ec-p256"));
        ca(concat(List.of(there), "sign", at("relay.csr"), "--profile", "server", "--out", at("plain.pem")));
        ca(concat(List.of(there), "crl", "--out", at("plain.crl")));
    }

    private void requestOfRelay(String name, String keyType) throws IOException, InterruptedException {
        lab.must(
                "server",
                "request",
                "--dns",
                "chat.lab.example",
                "--ip",
                "127.0.0.1",
                "--key-type",
                keyType,
                "--keystore",
                name + ".p12",
                "--out",
                name + ".csr");
    }

    private void sign(String request, String certificate, String profile) throws IOException, InterruptedException {
        ca("sign", at(request + ".csr"), "--profile", profile, "--out", at(certificate + ".pem"));
    }

    /// Every command runs as it is installed the first time; after that in this JVM, without the second
    /// that a process costs.
    private void ca(String... arguments) throws IOException, InterruptedException {
        String command = arguments[0].equals("root") ? "root " + arguments[1] : arguments[0];
        if (known.add(command)) {
            lab.must("ca", arguments);
            return;
        }
        CaHere.Answer answer = CaHere.run(lab.environment(), Lab.BIN.resolveSibling("conf"), arguments);
        if (answer.code() != 0) {
            throw new AssertionError("ca " + String.join(" ", arguments) + ": " + answer);
        }
    }

    private String at(String name) {
        return lab.path(name).toString();
    }

    private static String[] concat(List<String> last, String... first) {
        return Stream.concat(Arrays.stream(first), last.stream()).toArray(String[]::new);
    }
}
