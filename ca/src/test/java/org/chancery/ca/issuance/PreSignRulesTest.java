package org.chancery.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One sound certificate, and one fault at a time: each meets its own rule.
class PreSignRulesTest {
    private static final TestPki PKI = TestPki.create();
    private static final X509Certificate ISSUER = PKI.issuing().certificate();
    private static final PublicKey EC = TestKeys.ec("ca rules").publicKey();
    private static final PublicKey RSA =
            TestKeys.of(KeyAlgorithm.RSA_3072, "ca alice").publicKey();
    private static final Instant NOW = TestPki.NOW;

    @Test
    void passASoundCertificate() {
        assertThatCode(() -> PreSignRules.check(sound(), ISSUER)).doesNotThrowAnyException();
    }

    @Test
    void passASoundCertificateForAnRsaKeyThatReceives() {
        TbsCertificate rsa = with(
                copy -> copy.publicKey(RSA),
                Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT)));

        assertThatCode(() -> PreSignRules.check(rsa, ISSUER)).doesNotThrowAnyException();
    }

    @Test
    void refuseASerialThatWasCounted() {
        assertUnfit(with(copy -> copy.serialNumber(new SerialNumber(BigInteger.TWO))), "SerialNumberRule");
    }

    @Test
    void refuseAnotherIssuersName() {
        assertUnfit(with(copy -> copy.issuer(name("Other Issuing CA"))), "IssuerNameRule");
    }

    @Test
    void refuseToOutliveTheIssuer() {
        Instant ends = ISSUER.getNotAfter().toInstant();

        assertUnfit(with(copy -> copy.validity(new Validity(NOW, ends.plusSeconds(1)))), "ValidityRule");
    }

    @Test
    void refuseToPrecedeTheIssuer() {
        Instant begins = ISSUER.getNotBefore().toInstant();

        assertUnfit(with(copy -> copy.validity(new Validity(begins.minusSeconds(1), NOW))), "ValidityRule");
    }

    @Test
    void refuseACertificateWithoutAlternativeName() {
        assertUnfit(without(Extensions.SUBJECT_ALTERNATIVE_NAME), "SubjectAlternativeNameRule");
    }

    @Test
    void refuseAlternativeNamesThatCannotBeRead() {
        Extension garbled = new Extension(Extensions.SUBJECT_ALTERNATIVE_NAME, false, new byte[] {0x30, 0x05, 0x01});

        assertUnfit(with(copy -> copy, garbled), "SubjectAlternativeNameRule");
    }

    @Test
    void refuseAlternativeNamesThatAreCriticalBesideASubject() {
        assertUnfit(with(copy -> copy, names(true)), "SubjectAlternativeNameRule");
    }

    @Test
    void refuseAlternativeNamesThatAreNotCriticalWithoutASubject() {
        assertUnfit(with(copy -> copy.subject(DistinguishedName.EMPTY), names(false)), "SubjectAlternativeNameRule");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alice", "alice.smith", "other.lab.example", "*.lab.example", "chat.lab.example."})
    void refuseACommonNameThatLooksLikeAHostAndIsNone(String commonName) {
        assertUnfit(with(copy -> copy.subject(name(commonName))), "CommonNameRule");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@lab.example", "Alice Smith", "chat.lab.example"})
    void passACommonNameThatIsNoHostOrOneOfTheNames(String commonName) {
        assertThatCode(() -> PreSignRules.check(with(copy -> copy.subject(name(commonName))), ISSUER))
                .doesNotThrowAnyException();
    }

    @Test
    void refuseACa() {
        assertUnfit(with(copy -> copy, Extensions.basicConstraintsOfAuthority(0)), "EndEntityRule");
    }

    @Test
    void refuseACertificateThatDoesNotSayItIsNoCa() {
        assertUnfit(without(Extensions.BASIC_CONSTRAINTS), "EndEntityRule");
    }

    @Test
    void refuseKeyEnciphermentForAnEcKey() {
        Extension both = Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT));

        assertUnfit(with(copy -> copy, both), "KeyUsageRule");
    }

    @Test
    void refuseKeyCertSign() {
        Extension ca = Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_CERT_SIGN));

        assertUnfit(with(copy -> copy.publicKey(RSA), ca), "KeyUsageRule");
    }

    @Test
    void refuseACertificateWithoutKeyUsage() {
        assertUnfit(without(Extensions.KEY_USAGE), "KeyUsageRule");
    }

    private static void assertUnfit(TbsCertificate certificate, String rule) {
        assertThatExceptionOfType(UnfitCertificateException.class)
                .isThrownBy(() -> PreSignRules.check(certificate, ISSUER))
                .satisfies(e -> assertThat(e.rule()).as(e.getMessage()).isEqualTo(rule));
    }

    private static TbsCertificate sound() {
        return with(copy -> copy);
    }

    private static TbsCertificate with(UnaryOperator<TbsCertificate.Builder> change, Extension... replacements) {
        List<Extension> extensions = new ArrayList<>(soundExtensions());
        for (Extension replacement : replacements) {
            extensions.replaceAll(e -> e.oid().equals(replacement.oid()) ? replacement : e);
        }
        return build(change, extensions);
    }

    private static TbsCertificate without(String oid) {
        return build(
                copy -> copy,
                soundExtensions().stream().filter(e -> !e.oid().equals(oid)).toList());
    }

    private static TbsCertificate build(UnaryOperator<TbsCertificate.Builder> change, List<Extension> extensions) {
        TbsCertificate.Builder builder = TbsCertificate.builder()
                .serialNumber(new SerialNumber(BigInteger.ONE.shiftLeft(150)))
                .issuer(DistinguishedName.of(ISSUER.getSubjectX500Principal()))
                .validity(new Validity(NOW, NOW.plus(Duration.ofDays(1))))
                .subject(name("chat.lab.example"))
                .publicKey(EC);
        extensions.forEach(builder::extension);
        return change.apply(builder).build();
    }

    private static List<Extension> soundExtensions() {
        return List.of(
                Extensions.basicConstraintsOfEndEntity(),
                Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE)),
                names(false));
    }

    private static Extension names(boolean critical) {
        return Extensions.subjectAlternativeName(List.of(new GeneralName.Dns("chat.lab.example")), critical);
    }

    private static DistinguishedName name(String commonName) {
        try {
            return DistinguishedName.of(commonName);
        } catch (MalformedNameException e) {
            throw new AssertionError(e);
        }
    }
}
