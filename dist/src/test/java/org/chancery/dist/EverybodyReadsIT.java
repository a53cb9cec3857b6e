package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chancery.dist.Reader.Verdict.ACCEPTED;
import static org.chancery.dist.Reader.Verdict.NOT_AUTHENTIC;
import static org.chancery.dist.Reader.Verdict.REFUSED;
import static org.chancery.dist.Reader.Verdict.REVOKED;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.chancery.dist.Reader.Holder;
import org.chancery.dist.Reader.Opinion;
import org.chancery.dist.Reader.Trust;
import org.chancery.dist.Reader.Verdict;
import org.chancery.pki.revocation.RevocationReason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What `ca` emits, read by everybody: a table of files and what `openssl`, `certtool` and the JDK find, a
/// test a cell. In the last rows they have to find a fault, and the right one: so they looked.
final class EverybodyReadsIT {
    private static final Holder CA = new Holder.Authority();
    private static final Holder ALICE = new Holder.Person("alice@lab.example");
    private static final Holder BOB = new Holder.Person("bob@lab.example");
    private static final Holder RELAY = new Holder.Relay("chat.lab.example");
    private static final Holder WEB = new Holder.Relay("www.lab.example");
    private static final Holder OCSP = new Holder.OcspSigner();

    private static final Trust FIRST = new Trust("ca/root.pem", "all.crl");
    private static final Trust SECOND = new Trust("ca/root-2.pem", "all.crl");
    private static final Trust PLAIN = new Trust("plain/root.pem", "plain.crl");

    @TempDir
    static Path directory;

    private static Lab lab;
    private static List<Reader> readers;

    @BeforeAll
    static void emit() throws Exception {
        lab = Lab.emptyIn(directory);
        readers = List.of(new OpensslReader(lab), new CerttoolReader(lab), new JdkReader(lab));
        Emitted.in(lab);
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @TestFactory
    Stream<DynamicNode> certificates() {
        return Stream.of(
                certificate("a root of RSA", "ca/root.pem", FIRST, CA, ACCEPTED),
                certificate("an issuing CA of RSA", "ca/issuing.pem", FIRST, CA, ACCEPTED),
                certificate("a person of RSA", "alice.pem", FIRST, ALICE, ACCEPTED),
                certificate("a person of EC", "bob.pem", FIRST, BOB, ACCEPTED),
                certificate("a relay", "relay.pem", FIRST, RELAY, ACCEPTED),
                certificate("an OCSP signer", "ocsp.pem", FIRST, OCSP, ACCEPTED),
                certificate("renewed", "renewed.pem", FIRST, ALICE, ACCEPTED),
                certificate("for a new key", "rekeyed.pem", FIRST, RELAY, ACCEPTED),
                certificate("for other names", "reissued.pem", FIRST, WEB, ACCEPTED),
                certificate("a further issuing CA, renewed", "ca/issuing-3.pem", FIRST, CA, ACCEPTED),
                certificate("of a further issuing CA", "kept.pem", FIRST, BOB, ACCEPTED),
                certificate("of a renewed issuing CA", "later.pem", FIRST, BOB, ACCEPTED),
                certificate("the chain with two issuing CAs behind", "old-chain.pem", FIRST, CA, ACCEPTED),
                certificate("a new root, of EC", "ca/root-2.pem", SECOND, CA, ACCEPTED),
                certificate("the chain below it", "ca/chain.pem", SECOND, CA, ACCEPTED),
                certificate("of the new root", "moved.pem", SECOND, ALICE, ACCEPTED),
                certificate("a root without a URL", "plain/root.pem", PLAIN, CA, ACCEPTED),
                certificate("a relay without a URL", "plain.pem", PLAIN, RELAY, ACCEPTED));
    }

    @TestFactory
    Stream<DynamicNode> revocationLists() {
        return Stream.of(
                crl("of a root, empty", "empty/root.pem", "ca/root.pem", ACCEPTED),
                crl("of an issuing CA, empty", "empty/issuing.pem", "ca/issuing.pem", ACCEPTED),
                crl("with every reason", "ca/crl/issuing.pem", "ca/issuing.pem", ACCEPTED),
                crl("with an issuing CA", "ca/crl/root.pem", "ca/root.pem", ACCEPTED),
                crl("of a revoked issuing CA", "ca/crl/issuing-2.pem", "ca/issuing-2.pem", ACCEPTED),
                crl("of P-384", "ca/crl/issuing-3.pem", "ca/issuing-3.pem", ACCEPTED),
                crl("of a new root", "ca/crl/root-2.pem", "ca/root-2.pem", ACCEPTED),
                crl("of P-256", "ca/crl/issuing-4.pem", "ca/issuing-4.pem", ACCEPTED),
                crl("of a root without a URL", "plain/crl/root.pem", "plain/root.pem", ACCEPTED));
    }

    @TestFactory
    Stream<DynamicNode> reasons() {
        return Stream.concat(
                Stream.of(entry("ca/crl/root.pem", "ca/issuing-2.pem", RevocationReason.CA_COMPROMISE)),
                Emitted.REASONS.stream()
                        .map(reason -> entry("ca/crl/issuing.pem", Emitted.revokedFor(reason), reason)));
    }

    @TestFactory
    Stream<DynamicNode> requests() {
        return Stream.of(
                request("of RSA", "alice.csr", ACCEPTED),
                request("of P-256", "bob.csr", ACCEPTED),
                request("of a relay", "relay.csr", ACCEPTED),
                request("of P-384", "next.csr", ACCEPTED));
    }

    @TestFactory
    Stream<DynamicNode> keystores() {
        return Stream.of(
                keystore("a root's, taken away", "safe/root.p12", Lab.PASSPHRASE, ACCEPTED),
                keystore("an issuing CA's of RSA", "ca/issuing.p12", Lab.PASSPHRASE, ACCEPTED),
                keystore("a renewed issuing CA's of EC", "ca/issuing-3.p12", Lab.PASSPHRASE, ACCEPTED),
                keystore("an issuing CA's without a passphrase", "plain/issuing.p12", "", ACCEPTED),
                keystore("a person's, with the pinned root", "alice.p12", Lab.PASSPHRASE, ACCEPTED),
                keystore("a relay's", "relay.p12", Lab.PASSPHRASE, ACCEPTED));
    }

    /// What stands in for a certificate while a request is out is not for others. `certtool` opens such a
    /// keystore, but reads no number above 64 bits in an object identifier, as there is one in the
    /// placeholder's.
    @TestFactory
    Stream<DynamicNode> keystoreThatWaitsForItsCertificate() {
        return readers.stream()
                .map(reader -> cell(
                        "waits for its certificate",
                        "bob.p12",
                        reader instanceof CerttoolReader ? REFUSED : ACCEPTED,
                        each -> each.keystore("bob.p12", ""),
                        reader));
    }

    /// A backup is a ZIP, which only the JDK reads of the three; what is in it are the files of the home,
    /// which the other tests have read.
    @Test
    void backupHoldsTheSameFiles() throws Exception {
        try (ZipFile backup = new ZipFile(lab.path("lab.backup").toFile())) {
            List<? extends ZipEntry> files = backup.stream()
                    .filter(entry ->
                            entry.getName().endsWith(".pem") || entry.getName().endsWith(".p12"))
                    .toList();
            assertThat(files).extracting(ZipEntry::getName).contains("root.pem", "issuing.p12", "crl/issuing.pem");
            for (ZipEntry entry : files) {
                try (InputStream in = backup.getInputStream(entry)) {
                    assertThat(lab.path("ca").resolve(entry.getName())).hasBinaryContent(in.readAllBytes());
                }
            }
        }
    }

    @TestFactory
    Stream<DynamicNode> revoked() {
        return Stream.concat(
                Stream.of(
                        certificate("a revoked issuing CA", "ca/issuing-2.pem", FIRST, CA, REVOKED),
                        certificate("of a revoked issuing CA", "lost.pem", FIRST, BOB, REVOKED)),
                Emitted.REASONS.stream()
                        .map(reason -> certificate(
                                "revoked for " + reason.cliName(), Emitted.revokedFor(reason), FIRST, BOB, REVOKED)));
    }

    @TestFactory
    Stream<DynamicNode> flipped() throws Exception {
        FlippedBit copy = new FlippedBit(lab);
        return Stream.of(
                certificate("signed by RSA", copy.of("alice.pem"), FIRST, ALICE, NOT_AUTHENTIC),
                certificate("signed by EC", copy.of("moved.pem"), SECOND, ALICE, NOT_AUTHENTIC),
                crl("signed by RSA", copy.of("ca/crl/root.pem"), "ca/root.pem", NOT_AUTHENTIC),
                crl("signed by EC", copy.of("ca/crl/issuing-3.pem"), "ca/issuing-3.pem", NOT_AUTHENTIC),
                request("of RSA", copy.of("alice.csr"), NOT_AUTHENTIC),
                request("of EC", copy.of("bob.csr"), NOT_AUTHENTIC),
                keystore("its certificate", copy.ofKeystore("alice.p12", "alice.pem"), Lab.PASSPHRASE, NOT_AUTHENTIC));
    }

    @TestFactory
    Stream<DynamicNode> otherwiseWrong() {
        return Stream.of(
                certificate("below another root", "alice.pem", SECOND, ALICE, REFUSED),
                certificate("somebody else's", "alice.pem", FIRST, BOB, REFUSED),
                certificate("for another host", "relay.pem", FIRST, WEB, REFUSED),
                certificate("for another purpose", "ocsp.pem", FIRST, RELAY, REFUSED),
                keystore("with another passphrase", "relay.p12", "incorrect horse", NOT_AUTHENTIC));
    }

    private static DynamicNode certificate(String what, String file, Trust trust, Holder holder, Verdict expected) {
        return row(what, file, expected, reader -> reader.certificate(file, trust, holder));
    }

    private static DynamicNode crl(String what, String file, String issuer, Verdict expected) {
        return row(what, file, expected, reader -> reader.crl(file, issuer));
    }

    private static DynamicNode entry(String crl, String certificate, RevocationReason reason) {
        return row(reason.cliName(), crl, ACCEPTED, reader -> {
            try (InputStream in = Files.newInputStream(lab.path(certificate))) {
                X509Certificate revoked = (X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(in);
                return reader.entry(crl, revoked.getSerialNumber(), reason, Emitted.invalidityDate(reason));
            }
        });
    }

    private static DynamicNode request(String what, String file, Verdict expected) {
        return row(what, file, expected, reader -> reader.request(file));
    }

    private static DynamicNode keystore(String what, String file, String passphrase, Verdict expected) {
        return row(what, file, expected, reader -> reader.keystore(file, passphrase));
    }

    private static DynamicNode row(String what, String file, Verdict expected, Question question) {
        return dynamicContainer(
                what + ": " + file, readers.stream().map(reader -> cell(what, file, expected, question, reader)));
    }

    private static DynamicNode cell(String what, String file, Verdict expected, Question question, Reader reader) {
        String found = expected.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return dynamicTest(reader.name() + ", " + what + ": " + found, () -> {
            reader.require();
            Opinion opinion = question.ask(reader);
            assertThat(opinion.verdict())
                    .as("%s of %s (%s): %s", reader.name(), file, what, opinion.said())
                    .isEqualTo(expected);
        });
    }

    private interface Question {
        Opinion ask(Reader reader) throws Exception;
    }
}
