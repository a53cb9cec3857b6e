package org.chancery.ca.issuance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chancery.ca.key.CaKey;
import org.chancery.ca.key.KeyFile;
import org.chancery.ca.key.TokenKey;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;

/// All CAs an authority ever had, as their certificates lie in its home; oldest first.
record Cas(List<Ca> roots, List<Ca> issuing) {
    private static final Pattern FILE = Pattern.compile("(root|issuing)(?:-([1-9][0-9]{0,3}))?\\.(?:pem|p12)");

    Cas {
        roots = List.copyOf(roots);
        issuing = List.copyOf(issuing);
    }

    static Cas read(AuthorityHome home, AuthorityProperties properties) throws IOException, AuthorityException {
        List<Ca> roots = new ArrayList<>();
        List<Ca> issuing = new ArrayList<>();
        for (String name : names(home)) {
            Path file = home.certificate(name);
            if (Files.exists(file)) {
                Ca ca = new Ca(name, certificates(file, 1).getFirst(), key(name, home, properties), home.crl(name));
                (name.startsWith(AuthorityHome.ROOT) ? roots : issuing).add(ca);
            }
        }
        return new Cas(roots, issuing);
    }

    /// How the files of the next CA of a tier are called: a name that none has, not even one whose making was
    /// interrupted.
    static String nextName(String tier, AuthorityHome home) throws IOException {
        int last = names(home).stream()
                .filter(name -> name.startsWith(tier))
                .mapToInt(Cas::number)
                .max()
                .orElse(0);
        return last == 0 ? tier : tier + "-" + (last + 1);
    }

    /// 1 for `root`, 2 for `root-2`.
    static int number(String name) {
        int hyphen = name.indexOf('-');
        return hyphen < 0 ? 1 : Integer.parseInt(name.substring(hyphen + 1));
    }

    Optional<Ca> root(DeviceId keyId) {
        return find(roots, keyId);
    }

    Optional<Ca> issuing(DeviceId keyId) {
        return find(issuing, keyId);
    }

    /// The certificates in a file of ours.
    static List<X509Certificate> certificates(Path file, int expected) throws IOException, AuthorityException {
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            for (byte[] der : Pem.derOf(Files.readAllBytes(file), PemLabel.CERTIFICATE)) {
                certificates.add(Certificates.parse(der));
            }
            if (certificates.size() != expected) {
                throw new AuthorityException(
                        AuthorityFailure.DAMAGED,
                        file + ": " + certificates.size() + " certificates, " + expected + " expected");
            }
            return certificates;
        } catch (MalformedPemException | MalformedCertificateException e) {
            throw new AuthorityException(AuthorityFailure.DAMAGED, file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Ca> find(List<Ca> cas, DeviceId keyId) {
        return cas.stream().filter(ca -> ca.keyId().equals(keyId)).findFirst();
    }

    private static CaKey key(String name, AuthorityHome home, AuthorityProperties properties) {
        return properties.token(name).<CaKey>map(TokenKey::new).orElseGet(() -> new KeyFile(home.keyStore(name)));
    }

    private static List<String> names(AuthorityHome home) throws IOException {
        try (Stream<Path> files = Files.list(home.directory())) {
            return files.map(file -> FILE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(matcher ->
                            matcher.group(2) == null ? matcher.group(1) : matcher.group(1) + "-" + matcher.group(2))
                    .distinct()
                    .sorted(Comparator.comparingInt(Cas::number))
                    .toList();
        }
    }
}
