package org.chancery.pki.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.MalformedCrlException;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// NIST's Public Key Interoperability Test Suite, all of it, revocation required: the right answer for the right
/// reason.
///
/// Two answers differ from NIST's, because we refuse more: the certificates of 4.1.4 and 4.1.5 have DSA keys.
class PkitsTest {
    /// Where Debian's python3-cryptography-vectors puts it.
    private static final Path SUITE = Path.of("/usr/lib/python3/dist-packages/cryptography_vectors/x509/PKITS_data");

    private static final String ANCHOR = "TrustAnchorRootCertificate";
    private static final String ANCHOR_CRL = "TrustAnchorRootCRL";

    @TestFactory
    Stream<DynamicTest> answersAsNistDoes() {
        assumeTrue(Files.isDirectory(SUITE), "NIST PKITS is not installed (python3-cryptography-vectors)");
        return PkitsCase.all()
                .flatMap(each -> each.questions().stream().map(question -> {
                    String id = each.number() + question;
                    return DynamicTest.dynamicTest(
                            id + " " + each.target(),
                            () -> assertThat(answer(each, question)).isEqualTo(question.answer()));
                }));
    }

    private static String answer(PkitsCase each, PkitsCase.Question question) {
        Optional<X509Certificate> target = certificate(each.target());
        if (target.isEmpty()) {
            return PathFailure.MALFORMED.name();
        }
        try {
            ValidationRequest request = ValidationRequest.of(target.get())
                    .untrusted(each.intermediates().stream()
                            .flatMap(name -> certificate(name).stream())
                            .toList())
                    .purpose(Purpose.ANY)
                    .at(TestPki.NOW)
                    .policies(question.demand())
                    .revocation(revocation(each.crls()));
            new PathValidator(TrustAnchors.of(certificate(ANCHOR).orElseThrow())).validate(request);
            return "accept";
        } catch (PathValidationException e) {
            return e.failure().name();
        }
    }

    private static Revocation revocation(List<String> crls) {
        List<Crl> all = Stream.concat(Stream.of(ANCHOR_CRL), crls.stream())
                .flatMap(name -> crl(name).stream())
                .toList();
        return new Revocation.Required(CrlSet.unverified(all), Duration.ZERO);
    }

    /// Empty where it cannot be read: a broken signature of NIST's is a BIT STRING that is not DER.
    private static Optional<X509Certificate> certificate(String name) {
        try {
            return Optional.of(Certificates.parse(read("certs", name + ".crt")));
        } catch (MalformedCertificateException e) {
            return Optional.empty();
        }
    }

    private static Optional<Crl> crl(String name) {
        try {
            return Optional.of(Crl.parse(read("crls", name + ".crl")));
        } catch (MalformedCrlException e) {
            return Optional.empty();
        }
    }

    private static byte[] read(String directory, String name) {
        try {
            return Files.readAllBytes(SUITE.resolve(directory).resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
