package org.chancery.pki.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Mutations;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;

class CertificateRequestTest {
    private static final SigningKey KEY = TestKeys.ec("requester");

    @Test
    void asksForWhatTheBuilderWasTold() throws Exception {
        byte[] der = request()
                .name(GeneralName.Rfc822.of(new Address("alice@lab.example")))
                .extension(Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE)))
                .build(KEY);

        CertificateRequest request = CertificateRequest.parse(der);

        assertThat(request.publicKey()).isEqualTo(KEY.publicKey());
        assertThat(request.deviceId()).isEqualTo(KEY.deviceId());
        assertThat(request.subject().commonName()).contains("alice@lab.example");
        assertThat(request.requestedNames()).containsExactly(new GeneralName.Rfc822("alice@lab.example"));
        assertThat(request.requestedExtensionOids())
                .containsExactly(Extensions.SUBJECT_ALTERNATIVE_NAME, Extensions.KEY_USAGE);
        assertThat(request.requestsAuthority()).isFalse();
        assertThat(request.der()).isEqualTo(der);
    }

    @Test
    void mayAskForNothingAtAll() throws Exception {
        CertificateRequest request = CertificateRequest.parse(
                CertificateRequestBuilder.of(DistinguishedName.EMPTY).build(TestKeys.rsa("requester")));

        assertThat(request.subject().isEmpty()).isTrue();
        assertThat(request.requestedNames()).isEmpty();
        assertThat(request.requestedExtensionOids()).isEmpty();
    }

    @Test
    void saysWhenAuthorityIsAskedFor() throws Exception {
        Extension certSign = Extensions.keyUsage(Set.of(KeyUsage.KEY_CERT_SIGN));

        assertThat(CertificateRequest.parse(request()
                                .extension(Extensions.basicConstraintsOfAuthority(0))
                                .build(KEY))
                        .requestsAuthority())
                .isTrue();
        assertThat(CertificateRequest.parse(request().extension(certSign).build(KEY))
                        .requestsAuthority())
                .isTrue();
        assertThat(CertificateRequest.parse(request()
                                .extension(Extensions.basicConstraintsOfEndEntity())
                                .build(KEY))
                        .requestsAuthority())
                .isFalse();
    }

    @Test
    void aKeyThatDidNotSignIsRefused() throws Exception {
        SigningKey thief = TestKeys.ec("thief");
        byte[] der = request().build(thief);
        byte[] stolen =
                replace(der, thief.publicKey().getEncoded(), KEY.publicKey().getEncoded());

        assertThat(failureOf(stolen)).isEqualTo(CertificateRequestFailure.SIGNATURE_INVALID);
    }

    @Test
    @Defends(Threat.PARSER_FALLS_OVER)
    void damageIsAlwaysRefused() throws Exception {
        byte[] der = request()
                .name(new GeneralName.Dns("relay.lab.example"))
                .extension(Extensions.basicConstraintsOfEndEntity())
                .build(KEY);

        Mutations.of(der).forEach(damaged -> assertThat(failureOf(damaged)).isNotNull());
    }

    @Test
    void aFlippedSubjectOctetIsASignatureFailure() throws Exception {
        byte[] der = replace(request().build(KEY), bytes("alice"), bytes("alicf"));

        assertThat(failureOf(der)).isEqualTo(CertificateRequestFailure.SIGNATURE_INVALID);
    }

    @Test
    void refusesTrailingOctetsAndOversize() throws Exception {
        byte[] der = request().build(KEY);

        assertThat(failureOf(Arrays.copyOf(der, der.length + 1))).isEqualTo(CertificateRequestFailure.MALFORMED);
        assertThat(failureOf(new byte[CertificateRequest.MAX_OCTETS + 1]))
                .isEqualTo(CertificateRequestFailure.TOO_LARGE);
    }

    @Test
    void refusesADoubledExtension() throws Exception {
        Extension twice = Extensions.basicConstraintsOfEndEntity();

        assertThat(failureOf(request().extension(twice).extension(twice).build(KEY)))
                .isEqualTo(CertificateRequestFailure.MALFORMED);
    }

    @Test
    void refusesMalformedNames() throws Exception {
        Extension empty = new Extension(Extensions.SUBJECT_ALTERNATIVE_NAME, false, new byte[] {0x30, 0x00});

        assertThat(failureOf(request().extension(empty).build(KEY))).isEqualTo(CertificateRequestFailure.MALFORMED);
    }

    private static CertificateRequestBuilder request() throws Exception {
        return CertificateRequestBuilder.of(DistinguishedName.of("alice@lab.example"));
    }

    private static CertificateRequestFailure failureOf(byte[] der) {
        return assertThatExceptionOfType(CertificateRequestException.class)
                .isThrownBy(() -> CertificateRequest.parse(der))
                .actual()
                .failure();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// One for the other of the same length, at its only place.
    private static byte[] replace(byte[] in, byte[] one, byte[] other) {
        String text = new String(in, StandardCharsets.ISO_8859_1);
        String replaced = text.replace(
                new String(one, StandardCharsets.ISO_8859_1), new String(other, StandardCharsets.ISO_8859_1));
        assertThat(replaced).hasSameSizeAs(text).isNotEqualTo(text);
        return replaced.getBytes(StandardCharsets.ISO_8859_1);
    }
}
