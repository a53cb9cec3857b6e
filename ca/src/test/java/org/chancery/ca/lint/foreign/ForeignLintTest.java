package org.chancery.ca.lint.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.chancery.ca.lint.Finding;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Test;

class ForeignLintTest {
    /// ecdsa-with-SHA256, with tag and length; its last octet tells it from the others of its arc.
    private static final byte[] ECDSA_SHA256 = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2};

    private final TestPki pki = TestPki.create();

    @Test
    void theAlgorithmOutsideACertificateIsTheOneInside() throws Exception {
        byte[] der = Certificates.der(pki.issuing().certificate());

        assertThat(rules(der)).doesNotContain("AlgorithmsAgree");
        assertThat(rules(exchanged(der))).contains("AlgorithmsAgree");
    }

    @Test
    void theAlgorithmOutsideACrlIsTheOneInside() throws Exception {
        byte[] der =
                pki.issuing().crl(1, pki.now(), Duration.ofDays(7), List.of()).der();

        assertThat(rules(der)).doesNotContain("AlgorithmsAgree");
        assertThat(rules(exchanged(der))).contains("AlgorithmsAgree");
    }

    private static List<String> rules(byte[] der) throws Exception {
        return ForeignLint.judge(der).findings().stream().map(Finding::rule).toList();
    }

    /// With ecdsa-with-SHA384 beside the signature.
    private static byte[] exchanged(byte[] der) {
        byte[] other = der.clone();
        int at = other.length - ECDSA_SHA256.length;
        while (!Arrays.equals(other, at, at + ECDSA_SHA256.length, ECDSA_SHA256, 0, ECDSA_SHA256.length)) {
            at--;
        }
        other[at + ECDSA_SHA256.length - 1] = 3;
        return other;
    }
}
