package org.chancery.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chancery.ca.command.CaHere;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyPairs;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.request.CertificateRequestBuilder;

/// An authority for lab.example, and whoever works with it: makes requests for one person after another, has them
/// signed, and asks the ledger.
final class Desk {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final char[] PASSPHRASE = "correct horse".toCharArray();

    private final Lab lab;
    private int people;

    private Desk(Lab lab) {
        this.lab = lab;
    }

    /// Founds an authority, quick in all that is not looked at here: EC keys, and the issuing key derived from its
    /// passphrase in a thousand rounds instead of 600,000, which would be a third of every command.
    static Desk open(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Lab lab = Lab.emptyIn(directory);
        lab.must("ca", "init", "--domain", "lab.example", "--root-key-type", "ec-p256", "--key-type", "ec-p256");
        deriveQuickly(lab.path("ca/issuing.p12"));
        return new Desk(lab);
    }

    Lab lab() {
        return lab;
    }

    /// Somebody with a key of their own and a request.
    ///
    /// @param directory where their files lie
    record Applicant(String name, Path directory) {
        String address() {
            return Lab.address(name);
        }

        /// Where a certificate of theirs would lie.
        String certificate(String which) {
            return directory.resolve(name + "-" + which + ".pem").toString();
        }

        /// The arguments of `ca sign` for them.
        String[] sign(String... more) {
            return concat(new String[] {"sign", request().toString(), "--profile", "client"}, more);
        }

        private Path request() {
            return directory.resolve(name + ".csr");
        }
    }

    /// Somebody new.
    Applicant applicant() throws IOException {
        return applicant(KeyPairs.generate(KeyAlgorithm.EC_P256, RANDOM));
    }

    /// Two people who come with one key.
    List<Applicant> twins() throws IOException {
        SigningKey key = KeyPairs.generate(KeyAlgorithm.EC_P256, RANDOM);
        return List.of(applicant(key), applicant(key));
    }

    private Applicant applicant(SigningKey key) throws IOException {
        Applicant applicant = new Applicant(
                String.format(Locale.ROOT, "p%04d", ++people), lab.path("").toAbsolutePath());
        byte[] request = CertificateRequestBuilder.of(DistinguishedName.EMPTY)
                .name(new GeneralName.Rfc822(applicant.address()))
                .build(key);
        Files.writeString(applicant.request(), Pem.encode(PemLabel.CERTIFICATE_REQUEST, request));
        return applicant;
    }

    /// Runs a command that has to succeed, in this JVM, and answers its one document.
    String must(String... arguments) {
        CaHere.Answer answer = run(arguments);
        if (answer.code() != 0) {
            throw new AssertionError("ca " + String.join(" ", arguments) + ": " + answer);
        }
        return answer.out();
    }

    CaHere.Answer run(String... arguments) {
        return CaHere.run(lab.environment(), Lab.BIN.resolveSibling("conf"), concat(arguments, "--json"));
    }

    /// A member of a JSON object whose value is text.
    static Optional<String> member(String name, String json) {
        Matcher value = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        return value.find() ? Optional.of(value.group(1)) : Optional.empty();
    }

    private static String[] concat(String[] first, String... second) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(String[]::new);
    }

    private static void deriveQuickly(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSPHRASE);
        }
        Map<String, String> rounds = Map.of(
                "keystore.pkcs12.keyPbeIterationCount", "1000",
                "keystore.pkcs12.certPbeIterationCount", "1000",
                "keystore.pkcs12.macIterationCount", "1000");
        rounds.forEach(System::setProperty);
        // The key is encrypted when it is set, not when the store is written.
        String alias = store.aliases().nextElement();
        store.setKeyEntry(alias, store.getKey(alias, PASSPHRASE), PASSPHRASE, store.getCertificateChain(alias));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSPHRASE);
        } finally {
            rounds.keySet().forEach(System::clearProperty);
        }
    }
}
