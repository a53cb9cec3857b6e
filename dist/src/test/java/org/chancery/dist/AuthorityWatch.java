package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chancery.pki.certificate.Certificates;

/// Looks at an authority again and again, remembers everything it ever showed, and holds it to what must never be: a
/// certificate that the ledger does not know, a serial number twice, a revocation taken back, a CRL number that falls.
///
/// The CRL and the certificates are read by the JDK, the ledger through `ca list` and `ca audit`.
final class AuthorityWatch {
    private static final Pattern OBJECT = Pattern.compile("\\{\"serial\":[^}]*}");
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
    /// DER of an OCTET STRING that holds an INTEGER of at most 20 octets: what lies before the number.
    private static final int CRL_NUMBER_OFFSET = 4;

    /// A line of the ledger.
    record Entry(String serial, String address, String device, String status, String revokedAt, String reason) {
        private static Entry of(String json) {
            return new Entry(
                    Desk.member("serial", json).orElseThrow(),
                    Desk.member("address", json).orElse(""),
                    Desk.member("device", json).orElseThrow(),
                    Desk.member("status", json).orElseThrow(),
                    Desk.member("revokedAt", json).orElse(""),
                    Desk.member("reason", json).orElse(""));
        }

        boolean isRevoked() {
            return status.equals("revoked");
        }

        boolean isIntended() {
            return status.equals("intended");
        }
    }

    private final Desk desk;
    private final CertificateFactory factory;
    private final X509Certificate issuing;
    private final Map<String, Entry> seen = new LinkedHashMap<>();
    /// Certificates found in files, by serial number.
    private final Map<String, X509Certificate> found = new HashMap<>();
    private final Set<Path> read = new HashSet<>();
    private BigInteger crlNumber = BigInteger.ZERO;
    private byte[] crlContent = new byte[0];
    private Set<String> crlSerials = Set.of();

    AuthorityWatch(Desk desk) throws IOException, GeneralSecurityException {
        this.desk = desk;
        this.factory = CertificateFactory.getInstance("X.509");
        this.issuing = certificatesIn(text(desk.lab().path("ca/chain.pem"))).getFirst();
    }

    /// Looks, and fails on what must never be.
    void look() throws IOException, GeneralSecurityException {
        desk.must("audit", "--verify");
        lookAtLedger();
        lookAtFiles();
        lookAtCrl();
    }

    /// What was last seen of somebody's certificates.
    List<Entry> entriesOf(String address) {
        return seen.values().stream()
                .filter(entry -> entry.address().equals(address))
                .toList();
    }

    /// Everything that was seen, counted.
    String inWords() {
        Map<String, Long> byStatus = seen.values().stream()
                .collect(Collectors.groupingBy(Entry::status, TreeMap::new, Collectors.counting()));
        return seen.size() + " serial numbers, each once " + byStatus + "; " + found.size()
                + " certificates found in files and on standard output, all in the ledger; " + crlSerials.size()
                + " on the CRL";
    }

    /// Whether the CRL that is out says so.
    boolean isOnCrl(String serial) {
        return crlSerials.contains(serial);
    }

    /// Whether a certificate of that serial lies in any file.
    boolean isOut(String serial) {
        return found.containsKey(serial);
    }

    /// Takes down certificates that were handed out some other way than into a file.
    void handedOut(String text) throws GeneralSecurityException {
        for (X509Certificate certificate : certificatesIn(text)) {
            if (certificate.getIssuerX500Principal().equals(issuing.getSubjectX500Principal())) {
                certificate.verify(issuing.getPublicKey());
                String serial = serial(certificate.getSerialNumber());
                X509Certificate other = found.putIfAbsent(serial, certificate);
                assertThat(other == null || other.equals(certificate))
                        .as("two certificates with the serial number %s", serial)
                        .isTrue();
            }
        }
    }

    /// Compares every certificate found anywhere with the ledger's own copy, octet by octet.
    void compareAll() throws GeneralSecurityException {
        for (X509Certificate certificate : found.values()) {
            String shown = desk.must("show", serial(certificate.getSerialNumber()));
            assertThat(Desk.member("fingerprint", shown))
                    .as("fingerprint in the ledger")
                    .contains(Certificates.sha256Fingerprint(certificate));
        }
    }

    private void lookAtLedger() {
        List<Entry> now = OBJECT.matcher(desk.must("list"))
                .results()
                .map(MatchResult::group)
                .map(Entry::of)
                .toList();
        assertThat(now)
                .as("serial numbers in the ledger")
                .extracting(Entry::serial)
                .doesNotHaveDuplicates();
        Map<String, Entry> bySerial = now.stream().collect(Collectors.toMap(Entry::serial, entry -> entry));
        seen.values().forEach(before -> {
            Entry after = bySerial.get(before.serial());
            assertThat(after).as("%s is still in the ledger", before).isNotNull();
            if (before.isRevoked()) {
                assertThat(after).as("a revocation stays as it was").isEqualTo(before);
            }
            if (!before.isIntended()) {
                assertThat(after.isIntended()).as("%s, issued before", after).isFalse();
            }
        });
        now.forEach(entry -> seen.put(entry.serial(), entry));
    }

    private void lookAtFiles() throws IOException, GeneralSecurityException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(desk.lab().path(""))) {
            files = all.filter(file -> !read.contains(file))
                    .filter(file ->
                            file.toString().endsWith(".pem") || file.toString().endsWith(".tmp"))
                    .toList();
        }
        for (Path file : files) {
            read.add(file);
            handedOut(text(file));
        }
        found.keySet()
                .forEach(serial -> assertThat(seen.get(serial))
                        .as("the ledger knows the certificate %s", serial)
                        .isNotNull()
                        .matches(entry -> !entry.isIntended(), "as issued"));
    }

    private void lookAtCrl() throws IOException, GeneralSecurityException {
        byte[] content = Files.readAllBytes(desk.lab().path("ca/crl/issuing.pem"));
        X509CRL crl = (X509CRL) factory.generateCRL(new ByteArrayInputStream(content));
        crl.verify(issuing.getPublicKey());
        byte[] extension = crl.getExtensionValue("2.5.29.20");
        BigInteger number = new BigInteger(1, Arrays.copyOfRange(extension, CRL_NUMBER_OFFSET, extension.length));
        if (!Arrays.equals(content, crlContent)) {
            assertThat(number).as("number of a new CRL").isGreaterThan(crlNumber);
        }
        Set<String> serials = crl.getRevokedCertificates() == null
                ? Set.of()
                : crl.getRevokedCertificates().stream()
                        .map(X509CRLEntry::getSerialNumber)
                        .map(AuthorityWatch::serial)
                        .collect(Collectors.toUnmodifiableSet());
        assertThat(serials).as("what was on the CRL before").containsAll(crlSerials);
        serials.forEach(serial -> assertThat(seen.get(serial))
                .as("on the CRL, and in the ledger: %s", serial)
                .isNotNull()
                .matches(Entry::isRevoked, "as revoked"));
        crlNumber = number;
        crlContent = content;
        crlSerials = serials;
    }

    private List<X509Certificate> certificatesIn(String text) throws GeneralSecurityException {
        List<String> blocks =
                CERTIFICATE.matcher(text).results().map(MatchResult::group).toList();
        List<X509Certificate> certificates = new ArrayList<>();
        for (String block : blocks) {
            certificates.add((X509Certificate)
                    factory.generateCertificate(new ByteArrayInputStream(block.getBytes(StandardCharsets.ISO_8859_1))));
        }
        return certificates;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /// As the ledger writes it: lower-case hexadecimal, whole octets.
    private static String serial(BigInteger number) {
        String digits = number.toString(16);
        return digits.length() % 2 == 0 ? digits : "0" + digits;
    }
}
