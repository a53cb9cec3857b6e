package org.chancery.pki.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.request.CertificateRequest;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.OcspRequest;
import org.chancery.pki.revocation.OcspResponse;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The laws of [Fuzzer] in every build, in a JVM of 256 MiB.
final class FuzzSeedsTest {
    @TempDir
    Path directory;

    @Test
    @Defends({Threat.PARSER_FALLS_OVER, Threat.LENGTH_OR_DEPTH_BOMB})
    void onlyDeclaredErrorsEscapeAndNothingTakesMuch() throws Exception {
        Path output = directory.resolve("output");
        boolean passes = Rehearsal.passes(PkiTarget.class.getName(), output);
        assertThat(Files.readString(output, StandardCharsets.UTF_8)).isEmpty();
        assertThat(passes).isTrue();
    }

    /// The parsers take the seeds in: a fuzzer that starts from what is refused at once finds nothing.
    @Test
    void seedsAreWhatTheParsersTake() throws Exception {
        for (byte[] seed : PkiTarget.CERTIFICATE.seeds()) {
            Certificates.parse(seed);
        }
        for (byte[] seed : PkiTarget.REQUEST.seeds()) {
            CertificateRequest.parse(seed);
        }
        for (byte[] seed : PkiTarget.CRL.seeds()) {
            Crl.parse(seed);
        }
        for (byte[] seed : PkiTarget.OCSP_REQUEST.seeds()) {
            OcspRequest.parse(seed);
        }
        for (byte[] seed : PkiTarget.OCSP_RESPONSE.seeds()) {
            OcspResponse.parse(seed);
        }
        for (byte[] seed : PkiTarget.KEYSTORE.seeds()) {
            try (var passphrase = Passphrase.of(Parsers.PASSPHRASE.toCharArray())) {
                KeyStoreFile.parse(seed, passphrase);
            }
        }
        for (byte[] seed : PkiTarget.RECORD.seeds()) {
            SignedRecord.parse(seed);
        }
        for (byte[] seed : PkiTarget.LETTER.seeds()) {
            Letter.parse(seed);
        }
        for (byte[] seed : PkiTarget.SEAL.seeds()) {
            Seal.parse(seed);
        }
        for (byte[] seed : PkiTarget.ENVELOPE.seeds()) {
            EnvelopeStapler.parse(seed);
        }
        for (byte[] seed : PkiTarget.PEM.seeds()) {
            Pem.parse(seed);
        }
    }
}
