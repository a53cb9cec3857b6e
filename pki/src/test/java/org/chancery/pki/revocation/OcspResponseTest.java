package org.chancery.pki.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Extension;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.der.Der;
import org.chancery.pki.testing.CrlForge;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Mutations;
import org.chancery.pki.testing.OcspForge;
import org.chancery.pki.testing.TestAuthority;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;

/// What we sign can be read again; what is not of RFC 6960's form is refused.
class OcspResponseTest {
    private static final TestAuthority ISSUER = TestPki.create().issuing();
    private static final Instant NOW = TestPki.NOW;
    private static final Instant NEXT = NOW.plus(Duration.ofHours(1));
    private static final SerialNumber NUMBER = new SerialNumber(BigInteger.TEN);
    private static final OcspCertId ID = OcspCertId.of(OcspCertId.Hash.SHA_256, ISSUER.certificate(), NUMBER);
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.2.3.4");

    private final OcspSigner signer = new OcspSigner(ISSUER.certificate(), ISSUER.key());

    @Test
    void saysWhatWasAnswered() {
        OcspCertId other = OcspCertId.of(OcspCertId.Hash.SHA_1, ISSUER.certificate(), new SerialNumber(BigInteger.TWO));
        OcspAnswer answer = new OcspAnswer(
                NOW,
                List.of(
                        single(ID, new OcspStatus.Good()),
                        single(other, new OcspStatus.Unknown()),
                        single(ID, new OcspStatus.Revoked(NOW, RevocationReason.UNSPECIFIED)),
                        single(ID, new OcspStatus.Revoked(NOW, RevocationReason.KEY_COMPROMISE))),
                Optional.of(new OcspNonce(new byte[] {1, 2, 3})));

        OcspResponse response = signer.sign(answer);

        assertThat(response.status()).isEqualTo(OcspResponse.Status.SUCCESSFUL);
        assertThat(response.answer()).contains(answer);
        assertThat(response.signedBy(ISSUER.certificate())).isTrue();
        assertThat(response.certificates()).containsExactly(ISSUER.certificate());
        assertThat(response.about(
                        ISSUER.certificate().getSubjectX500Principal(),
                        ISSUER.certificate().getPublicKey(),
                        new SerialNumber(BigInteger.TWO)))
                .hasSize(1);
    }

    @Test
    void refusalsHaveNoAnswer() throws Exception {
        for (OcspResponse.Status status : OcspResponse.Status.values()) {
            if (status != OcspResponse.Status.SUCCESSFUL) {
                OcspResponse refusal = OcspSigner.refusing(status);
                assertThat(OcspResponse.parse(refusal.der()).status()).isEqualTo(status);
                assertThat(refusal.answer()).isEmpty();
                assertThat(refusal.signedBy(ISSUER.certificate())).isFalse();
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> OcspSigner.refusing(OcspResponse.Status.SUCCESSFUL));
    }

    @Test
    @Defends(Threat.STATUS_FOR_EVER)
    void answerWithoutNextUpdateIsNotSigned() {
        OcspSingle endless = new OcspSingle(ID, new OcspStatus.Good(), NOW, Optional.empty());
        OcspSingle backwards = new OcspSingle(ID, new OcspStatus.Good(), NOW, Optional.of(NOW.minusSeconds(1)));

        for (OcspSingle bad : List.of(endless, backwards)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> signer.sign(new OcspAnswer(NOW, List.of(bad), Optional.empty())));
        }
    }

    @Test
    void keyThatIsNotTheRespondersSignsNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OcspSigner(ISSUER.certificate(), TestKeys.ec("other")));
    }

    @Test
    @Defends(Threat.UNKNOWN_KIND_ACCEPTED)
    void refusesStatusThatDoesNotExist() {
        assertThat(failureOf(Der.encode(new DERSequence(new ASN1Enumerated(4)))))
                .isEqualTo(OcspFailure.MALFORMED);
    }

    @Test
    void refusesSuccessWithoutAnswer() {
        assertThat(failureOf(Der.encode(new DERSequence(new ASN1Enumerated(0)))))
                .isEqualTo(OcspFailure.MALFORMED);
        assertThat(failureOf(forge().der())).as("about nothing").isEqualTo(OcspFailure.MALFORMED);
    }

    @Test
    void refusesUnknownCriticalExtensions() {
        Extension unknown = CrlForge.extension(UNKNOWN, true, DERNull.INSTANCE);

        assertThat(failureOf(forge().with(unknown).good(ID).der())).isEqualTo(OcspFailure.UNKNOWN_CRITICAL_EXTENSION);
        assertThat(failureOf(forge().withInAnswer(unknown).good(ID).der()))
                .isEqualTo(OcspFailure.UNKNOWN_CRITICAL_EXTENSION);
    }

    @Test
    void passesOverUnknownExtensionsThatAreNotCritical() {
        Extension unknown = CrlForge.extension(UNKNOWN, false, DERNull.INSTANCE);

        assertThat(forge().with(unknown)
                        .withInAnswer(unknown)
                        .good(ID)
                        .response()
                        .answer())
                .isPresent();
    }

    @Test
    void refusesNonceOutsideOneToHundredAndTwentyEightOctets() {
        for (int octets : List.of(0, 129)) {
            assertThat(failureOf(forge().with(nonce(octets)).good(ID).der())).isEqualTo(OcspFailure.MALFORMED);
        }
        assertThat(forge().with(nonce(128))
                        .good(ID)
                        .response()
                        .answer()
                        .orElseThrow()
                        .nonce())
                .contains(new OcspNonce(new byte[128]));
    }

    @Test
    void refusesNextUpdateBeforeThisUpdate() {
        assertThat(failureOf(forge().thisUpdate(NOW)
                        .nextUpdate(NOW.minusSeconds(1))
                        .good(ID)
                        .der()))
                .isEqualTo(OcspFailure.MALFORMED);
    }

    @Test
    void refusesReasonThatTakesBack() {
        assertThat(failureOf(
                        forge().revoked(ID, RevocationReason.REMOVE_FROM_CRL).der()))
                .isEqualTo(OcspFailure.MALFORMED);
    }

    @Test
    void refusesOversizeAndTrailingOctets() {
        byte[] der = forge().good(ID).der();

        assertThat(failureOf(new byte[OcspResponse.MAX_OCTETS + 1])).isEqualTo(OcspFailure.TOO_LARGE);
        assertThat(failureOf(Arrays.copyOf(der, der.length + 1))).isEqualTo(OcspFailure.MALFORMED);
    }

    @Test
    void damageIsRefusedOrDoesNotVerify() {
        byte[] der = forge().with(nonce(16)).good(ID).der();

        Mutations.of(der).forEach(damaged -> {
            try {
                assertThat(OcspResponse.parse(damaged).signedBy(ISSUER.certificate()))
                        .isFalse();
            } catch (MalformedOcspException e) {
                assertThat(e.failure()).isNotNull();
            }
        });
    }

    private static OcspForge forge() {
        return OcspForge.of(ISSUER.certificate(), ISSUER.key());
    }

    private static Extension nonce(int octets) {
        return CrlForge.extension(
                new ASN1ObjectIdentifier("1.3.6.1.5.5.7.48.1.2"), false, new DEROctetString(new byte[octets]));
    }

    private static OcspSingle single(OcspCertId id, OcspStatus status) {
        return new OcspSingle(id, status, NOW, Optional.of(NEXT));
    }

    private static OcspFailure failureOf(byte[] der) {
        return assertThatExceptionOfType(MalformedOcspException.class)
                .isThrownBy(() -> OcspResponse.parse(der))
                .actual()
                .failure();
    }
}
