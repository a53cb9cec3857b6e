package org.chancery.pki.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Test;

/// What is refused before it is signed is what would be refused after.
class PathRehearsalTest {
    private final TestPki pki = TestPki.create();
    private final X509Certificate root = pki.root().certificate();
    private final X509Certificate issuing = pki.issuing().certificate();
    private final PathRehearsal rehearsal = PathRehearsal.under(CertificateChain.of(issuing), root);

    @Test
    void passesWhatWillBeAccepted() throws Exception {
        TbsCertificate tbs = tbs("alice@lab.example").build();
        rehearsal.check(der(tbs), pki.now());
        new PathValidator(pki.trustAnchors())
                .validate(ValidationRequest.of(pki.issuing().sign(tbs))
                        .untrusted(List.of(issuing))
                        .purpose(Purpose.CLIENT)
                        .at(pki.now())
                        .revocation(new Revocation.NotChecked()));
    }

    @Test
    void passesBelowTheRootWhetherTheChainNamesItOrNot() {
        assertThatCode(() -> PathRehearsal.under(CertificateChain.of(issuing, root), root)
                        .check(der(tbs("alice@lab.example").build()), pki.now()))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesNameThatTheIssuerMayNotGive() throws Exception {
        refuses(tbs("alice@elsewhere.example").build(), PathFailure.NAME_CONSTRAINT);
    }

    @Test
    void refusesAuthorityBelowOneThatMayHaveNone() throws Exception {
        TbsCertificate authority = named("Another CA")
                .extension(Extensions.basicConstraintsOfAuthority(0))
                .extension(Extensions.keyUsage(Set.of(KeyUsage.KEY_CERT_SIGN)))
                .build();
        // As such it is a target, and targets are not counted; what it issued would be one too many.
        rehearsal.check(der(authority), pki.now());
        X509Certificate made = pki.issuing().sign(authority);
        PathRehearsal below = PathRehearsal.under(CertificateChain.of(made, issuing), root);
        PathValidationException refusal = catchThrowableOfType(
                PathValidationException.class,
                () -> below.check(der(issuedBy(made, tbs("bob@lab.example").build())), pki.now()));
        assertThat(refusal.failure()).isEqualTo(PathFailure.PATH_TOO_LONG);
    }

    @Test
    void refusesAPurposeThatItsIssuerIsNotFor() throws Exception {
        X509Certificate forClients = pki.root()
                .sign(issuedBy(
                        root,
                        named("For clients")
                                .extension(Extensions.basicConstraintsOfAuthority(0))
                                .extension(Extensions.keyUsage(Set.of(KeyUsage.KEY_CERT_SIGN)))
                                .extension(Extensions.extendedKeyUsage(List.of(ExtendedKeyUsage.CLIENT_AUTH)))
                                .build()));
        PathRehearsal below = PathRehearsal.under(CertificateChain.of(forClients), root);
        TbsCertificate both = named("both")
                .extension(Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE)))
                .extension(Extensions.extendedKeyUsage(
                        List.of(ExtendedKeyUsage.CLIENT_AUTH, ExtendedKeyUsage.SERVER_AUTH)))
                .build();

        below.check(der(issuedBy(forClients, tbs("alice@lab.example").build())), pki.now());
        assertThat(catchThrowableOfType(
                                PathValidationException.class,
                                () -> below.check(der(issuedBy(forClients, both)), pki.now()))
                        .failure())
                .isEqualTo(PathFailure.PURPOSE_NOT_ALLOWED);
    }

    @Test
    void refusesTimeOutsideItsValidity() throws Exception {
        PathValidationException refusal = catchThrowableOfType(
                PathValidationException.class,
                () -> rehearsal.check(
                        der(tbs("alice@lab.example").build()), pki.now().plus(Duration.ofDays(2))));
        assertThat(refusal.failure()).isEqualTo(PathFailure.EXPIRED);
    }

    private void refuses(TbsCertificate tbs, PathFailure failure) {
        PathValidationException refusal =
                catchThrowableOfType(PathValidationException.class, () -> rehearsal.check(der(tbs), pki.now()));
        assertThat(refusal.failure()).isEqualTo(failure);
        assertThat(refusal.certificateIndex()).isZero();
    }

    private byte[] der(TbsCertificate tbs) {
        return CertificateSigner.toBeSigned(tbs, issuing.getPublicKey());
    }

    private static TbsCertificate issuedBy(X509Certificate issuer, TbsCertificate tbs) throws MalformedNameException {
        return new TbsCertificate(
                tbs.serialNumber(),
                DistinguishedName.of(issuer.getSubjectX500Principal()),
                tbs.validity(),
                tbs.subject(),
                tbs.publicKey(),
                tbs.extensions());
    }

    private TbsCertificate.Builder tbs(String address) throws MalformedNameException {
        return named(address)
                .extension(Extensions.basicConstraintsOfEndEntity())
                .extension(Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE)))
                .extension(Extensions.extendedKeyUsage(List.of(ExtendedKeyUsage.CLIENT_AUTH)))
                .extension(Extensions.subjectAlternativeName(List.of(new GeneralName.Rfc822(address)), false));
    }

    private TbsCertificate.Builder named(String commonName) throws MalformedNameException {
        return TbsCertificate.builder()
                .serialNumber(SerialNumber.random(new SecureRandom()))
                .issuer(DistinguishedName.of(issuing.getSubjectX500Principal()))
                .validity(new Validity(pki.now(), pki.now().plus(Duration.ofDays(1))))
                .subject(DistinguishedName.of(commonName))
                .publicKey(TestKeys.ec("rehearsed").publicKey())
                .extension(
                        Extensions.subjectKeyIdentifier(TestKeys.ec("rehearsed").publicKey()))
                .extension(Extensions.authorityKeyIdentifier(Certificates.subjectKeyIdentifier(issuing)));
    }
}
