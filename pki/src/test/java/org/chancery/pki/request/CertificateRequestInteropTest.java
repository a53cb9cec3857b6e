package org.chancery.pki.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.testing.Openssl;
import org.chancery.pki.testing.TestKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateRequestInteropTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void needsOpenssl() {
        Openssl.require();
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_2048", "EC_P256", "EC_P384"})
    void opensslVerifiesOurs(KeyAlgorithm algorithm) throws Exception {
        SigningKey key = TestKeys.of(algorithm, "requester");
        Files.write(
                directory.resolve("r.der"),
                CertificateRequestBuilder.of(DistinguishedName.of("alice@lab.example"))
                        .name(new GeneralName.Rfc822("alice@lab.example"))
                        .build(key));

        assertThat(Openssl.succeed(directory, "req", "-inform", "DER", "-in", "r.der", "-verify", "-noout", "-text")
                        .output())
                .contains("verify OK")
                .contains("email:alice@lab.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-newkey rsa:2048 -sha256",
                "-newkey rsa:2048 -sha384",
                "-newkey rsa:2048 -sha512",
                "-newkey rsa:2048 -sigopt rsa_padding_mode:pss -sha256",
                "-newkey rsa:2048 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sha384",
                "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -sha256",
                "-newkey ec -pkeyopt ec_paramgen_curve:P-384 -sha512"
            })
    void readsThoseOfOpenssl(String options) throws Exception {
        CertificateRequest request = CertificateRequest.parse(
                make(options + " -addext subjectAltName=email:alice@lab.example,DNS:relay.lab.example,IP:10.0.0.1"));

        assertThat(request.subject().commonName()).contains("alice");
        assertThat(request.requestedNames())
                .hasToString("[email:alice@lab.example, dns:relay.lab.example, ip:10.0.0.1]");
        assertThat(request.requestsAuthority()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"basicConstraints=CA:TRUE", "keyUsage=keyCertSign"})
    void seesWhoAsksOpensslForAuthority(String extension) throws Exception {
        assertThat(CertificateRequest.parse(make("-newkey ec -pkeyopt ec_paramgen_curve:P-256 -addext " + extension))
                        .requestsAuthority())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-sha1", "-md5"})
    void refusesBrokenHashes(String hash) throws Exception {
        assertThat(failureOf(make("-newkey rsa:2048 " + hash)))
                .isEqualTo(CertificateRequestFailure.SIGNATURE_ALGORITHM_UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-newkey rsa:1024",
                "-newkey ed25519",
                "-newkey rsa-pss -pkeyopt rsa_keygen_bits:2048",
                "-newkey ec -pkeyopt ec_paramgen_curve:secp256k1"
            })
    void refusesKeysWithoutAPlaceHere(String options) throws Exception {
        assertThat(failureOf(make(options))).isEqualTo(CertificateRequestFailure.KEY_UNSUPPORTED);
    }

    @Test
    void opensslSeesOneFlippedOctet() throws Exception {
        byte[] der = CertificateRequestBuilder.of(DistinguishedName.of("alice@lab.example"))
                .build(TestKeys.ec("requester"));
        der[der.length - 1] ^= 1;
        Files.write(directory.resolve("r.der"), der);

        assertThat(failureOf(der)).isEqualTo(CertificateRequestFailure.SIGNATURE_INVALID);
        assertThat(Openssl.run(directory, "req", "-inform", "DER", "-in", "r.der", "-verify", "-noout")
                        .output())
                .contains("verify failure");
    }

    private byte[] make(String options) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("req", "-new", "-nodes", "-keyout", "key.pem", "-subj", "/CN=alice"));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("-outform", "DER", "-out", "r.der"));
        Openssl.succeed(directory, command.toArray(String[]::new));
        return Files.readAllBytes(directory.resolve("r.der"));
    }

    private static CertificateRequestFailure failureOf(byte[] der) {
        return assertThatExceptionOfType(CertificateRequestException.class)
                .isThrownBy(() -> CertificateRequest.parse(der))
                .actual()
                .failure();
    }
}
