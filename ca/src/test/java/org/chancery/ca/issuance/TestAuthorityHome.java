package org.chancery.ca.issuance;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.chancery.ca.profile.Namespace;
import org.chancery.ca.profile.TestProfiles;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;

/// An authority for tests: really founded, once a run, and copied for each test. Its key files are written
/// anew with few iterations, because deriving a key from a passphrase is meant to be slow and tests open them
/// often.
public final class TestAuthorityHome {
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final String PASSPHRASE = "for tests only";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int FEW = 10;

    private static final class Original {
        static final Path DIRECTORY = found();
    }

    private TestAuthorityHome() {}

    /// A plan with quick keys.
    public static FoundingPlan plan(String... domains) throws Exception {
        return new FoundingPlan(
                "Lab",
                Namespace.parse(List.of(domains), Namespace.DEFAULT_RANGES),
                new FoundingPlan.Tier(KeyAlgorithm.EC_P256, 7300),
                new FoundingPlan.Tier(KeyAlgorithm.EC_P256, 1825),
                Optional.empty());
    }

    /// A copy of the one authority, in a directory that does not exist yet.
    public static AuthorityHome copyTo(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(Original.DIRECTORY)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        directory.resolve(Original.DIRECTORY.relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return new AuthorityHome(directory);
    }

    public static Passphrase passphrase() {
        return Passphrase.of(PASSPHRASE.toCharArray());
    }

    private static Path found() {
        try {
            Path directory = Files.createTempDirectory("authority");
            AuthorityHome home = new AuthorityHome(directory.resolve("ca"));
            try (Passphrase passphrase = passphrase()) {
                Founded founded = new Founding(TestProfiles.issuing(), CLOCK, RANDOM)
                        .found(plan("lab.example"), home, passphrase, false);
                cheapen(home.rootKeyStore(), passphrase, founded.root());
                cheapen(home.issuingKeyStore(), passphrase, founded.issuing());
            }
            return home.directory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void cheapen(Path file, Passphrase passphrase, X509Certificate certificate) throws Exception {
        SigningKey key = KeyStoreFile.open(file, passphrase).key();
        Map<String, String> counts = Map.of(
                "keystore.pkcs12.keyPbeIterationCount", Integer.toString(FEW),
                "keystore.pkcs12.certPbeIterationCount", Integer.toString(FEW),
                "keystore.pkcs12.macIterationCount", Integer.toString(FEW));
        counts.forEach(Security::setProperty);
        try {
            write(file, key, certificate);
        } finally {
            counts.keySet().forEach(name -> Security.setProperty(name, ""));
        }
    }

    private static void write(Path file, SigningKey key, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        keyStore.load(null, null);
        char[] characters = PASSPHRASE.toCharArray();
        keyStore.setKeyEntry("key", key.exposedPrivateKey(), characters, new X509Certificate[] {certificate});
        try (OutputStream out = Files.newOutputStream(file)) {
            keyStore.store(out, characters);
        }
    }
}
