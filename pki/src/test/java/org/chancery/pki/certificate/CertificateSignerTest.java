package org.chancery.pki.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Test;

class CertificateSignerTest {
    private static final SigningKey KEY = TestKeys.ec("signer");

    @Test
    void certificateSaysWhatItWasToSay() throws Exception {
        X509Certificate certificate = CertificateSigner.sign(minimal().build(), KEY);

        certificate.verify(KEY.publicKey());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSerialNumber()).isEqualTo(BigInteger.TEN);
        assertThat(certificate.getIssuerX500Principal().getName()).isEqualTo("CN=Lab Root CA");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=alice");
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(TestPki.NOW);
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(Instant.parse("2050-01-01T00:00:00Z"));
        assertThat(certificate.getPublicKey()).isEqualTo(KEY.publicKey());
    }

    @Test
    void signsByTheAlgorithmOfTheKeyAndNeverByPss() {
        assertThat(CertificateSigner.sign(minimal().build(), TestKeys.rsa("signer"))
                        .getSigAlgName())
                .isEqualTo("SHA256withRSA");
        assertThat(CertificateSigner.sign(minimal().build(), KEY).getSigAlgName())
                .isEqualTo("SHA256withECDSA");
        assertThat(CertificateSigner.sign(minimal().build(), TestKeys.of(KeyAlgorithm.EC_P384, "signer"))
                        .getSigAlgName())
                .isEqualTo("SHA384withECDSA");
    }

    @Test
    void letsNoSignatureOutThatDoesNotVerify() {
        SigningKey mismatched =
                SigningKey.of(KEY.exposedPrivateKey(), TestKeys.ec("other").publicKey());

        assertThatIllegalStateException()
                .isThrownBy(() -> CertificateSigner.sign(minimal().build(), mismatched));
    }

    @Test
    void extensionsHaveTheCriticalityOfRfc5280() {
        X509Certificate leaf =
                TestPki.create().client("alice@lab.example").chain().leaf();
        X509Certificate issuing = TestPki.create().issuing().certificate();

        assertThat(leaf.getCriticalExtensionOIDs())
                .containsExactlyInAnyOrder(Extensions.BASIC_CONSTRAINTS, Extensions.KEY_USAGE);
        assertThat(leaf.getNonCriticalExtensionOIDs())
                .containsExactlyInAnyOrder(
                        Extensions.EXTENDED_KEY_USAGE,
                        Extensions.SUBJECT_ALTERNATIVE_NAME,
                        Extensions.SUBJECT_KEY_IDENTIFIER,
                        Extensions.AUTHORITY_KEY_IDENTIFIER);
        assertThat(issuing.getCriticalExtensionOIDs())
                .containsExactlyInAnyOrder(
                        Extensions.BASIC_CONSTRAINTS, Extensions.KEY_USAGE, Extensions.NAME_CONSTRAINTS);
        assertThat(issuing.getBasicConstraints()).isZero();
        assertThat(KeyUsage.of(issuing)).contains(Set.of(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN));
    }

    @Test
    void alternativeNameIsCriticalWhereTheSubjectIsEmpty() throws Exception {
        X509Certificate relay = TestPki.create().server("127.0.0.1").chain().leaf();

        assertThat(relay.getSubjectX500Principal().getName()).isEmpty();
        assertThat(relay.getCriticalExtensionOIDs()).contains(Extensions.SUBJECT_ALTERNATIVE_NAME);
        assertThat(GeneralNames.subjectAlternativeNames(relay)).hasToString("[ip:127.0.0.1]");
    }

    @Test
    void keyIdentifierIs160BitsOfSha256OfTheKeyBits() throws Exception {
        byte[] keyBits = SubjectPublicKeyInfo.getInstance(KEY.publicKey().getEncoded())
                .getPublicKeyData()
                .getOctets();
        byte[] expected = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(keyBits), 20);
        X509Certificate with = CertificateSigner.sign(
                minimal()
                        .extension(Extensions.subjectKeyIdentifier(KEY.publicKey()))
                        .build(),
                KEY);

        assertThat(Certificates.subjectKeyIdentifier(with)).isEqualTo(expected);
        assertThat(Certificates.subjectKeyIdentifier(
                        CertificateSigner.sign(minimal().build(), KEY)))
                .as("computed where the certificate has none")
                .isEqualTo(expected);
    }

    @Test
    void refusesWhatRfc5280Forbids() {
        Extension usage = Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> minimal()
                        .serialNumber(new SerialNumber(BigInteger.ZERO))
                        .build())
                .withMessageContaining("4.1.2.2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> minimal().issuer(DistinguishedName.EMPTY).build())
                .withMessageContaining("4.1.2.4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> minimal().subject(DistinguishedName.EMPTY).build())
                .withMessageContaining("4.1.2.6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> minimal().extension(usage).extension(usage).build())
                .withMessageContaining("2.5.29.15 twice");
        assertThatIllegalArgumentException().isThrownBy(() -> Extensions.keyUsage(Set.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Extensions.nameConstraints(List.of(), List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Validity(TestPki.NOW, TestPki.NOW.minusSeconds(1)));
    }

    @Test
    void everyPartMustBeGiven() {
        assertThatNullPointerException()
                .isThrownBy(() -> TbsCertificate.builder().build())
                .withMessage("serialNumber");
    }

    @Test
    void keyUsageNamesEachBit() {
        for (KeyUsage usage : KeyUsage.values()) {
            X509Certificate certificate = CertificateSigner.sign(
                    minimal().extension(Extensions.keyUsage(Set.of(usage))).build(), KEY);

            assertThat(KeyUsage.of(certificate)).contains(Set.of(usage));
        }
    }

    @Test
    void validityIncludesBothItsSeconds() {
        Validity validity = new Validity(TestPki.NOW.plusMillis(999), TestPki.NOW.plusSeconds(10));

        assertThat(validity.notBefore()).isEqualTo(TestPki.NOW);
        assertThat(validity.contains(TestPki.NOW)).isTrue();
        assertThat(validity.contains(TestPki.NOW.plusMillis(10_999))).isTrue();
        assertThat(validity.contains(TestPki.NOW.plusSeconds(11))).isFalse();
        assertThat(validity.contains(TestPki.NOW.minusMillis(1))).isFalse();
    }

    private static TbsCertificate.Builder minimal() {
        return TbsCertificate.builder()
                .serialNumber(new SerialNumber(BigInteger.TEN))
                .issuer(TestPki.create().root().name())
                .validity(new Validity(TestPki.NOW, Instant.parse("2050-01-01T00:00:00Z")))
                .subject(DistinguishedName.of(new X500Principal("CN=alice")))
                .publicKey(KEY.publicKey());
    }
}
