package org.chancery.pki.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.chancery.pki.path.PathAssert.request;
import static org.chancery.pki.path.PathAssert.validating;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.chancery.pki.certificate.CertificateFailure;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.der.Der;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Building and judging, one fault each; names and revocation have tests of their own.
class PathValidatorTest {
    private final Forge root = Forge.root("Root");
    private final Forge issuing = Forge.authority("Issuing", root);
    private final Forge leaf = Forge.leaf(issuing);

    @Test
    void acceptsLeafThroughIssuingAuthority() throws PathValidationException {
        ValidatedPath path = new PathValidator(anchors()).validate(request(leaf, issuing));
        assertThat(path.chain().certificates()).containsExactly(leaf.certificate(), issuing.certificate());
        assertThat(path.anchor()).isEqualTo(root.certificate());
        assertThat(path.purpose()).isEqualTo(Purpose.CLIENT);
        assertThat(path.at()).isEqualTo(TestPki.NOW);
    }

    @Test
    void findsIssuersInAnyOrderAmongStrangers() {
        Forge between = Forge.authority("Between", issuing);
        Forge deep = Forge.leaf(between);
        Forge stranger = Forge.authority("Stranger", Forge.root("Elsewhere"));
        validating(root, request(deep, stranger, between, deep, root, issuing)).isAccepted();
    }

    @Test
    void acceptsAnchorThatIsNotSelfSigned() {
        validating(issuing, request(leaf)).isAccepted();
    }

    @Test
    void acceptsAnchorItself() {
        validating(root, request(root).purpose(Purpose.ANY)).isAccepted();
    }

    @Test
    void takesTheOtherWayAroundAnExpiredCrossCertificate() {
        Forge elsewhere = Forge.root("Elsewhere");
        Forge cross = Forge.authority("Issuing", elsewhere).notAfter(TestPki.NOW.minusSeconds(1));
        validating(TrustAnchors.of(elsewhere.certificate(), root.certificate()), request(leaf, cross, issuing))
                .isAccepted();
    }

    @Test
    void ignoresKeyIdentifierThatMisleads() {
        leaf.with(Extensions.authorityKeyIdentifier(new byte[] {1}));
        issuing.with(Extensions.subjectKeyIdentifier(issuing.key().publicKey()));
        validating(root, request(leaf, issuing)).isAccepted();
    }

    @Test
    void refusesLeafOfUnknownIssuer() {
        validating(Forge.root("Elsewhere"), request(leaf, issuing)).isRefusedFor(PathFailure.NO_PATH, 1);
        validating(root, request(leaf)).isRefusedFor(PathFailure.NO_PATH, 0);
    }

    @Test
    void trustsNobodyWithoutAnchors() {
        validating(TrustAnchors.of(), request(leaf, issuing, root)).isRefusedFor(PathFailure.NO_PATH, 2);
    }

    @Test
    void refusesSelfSignedLeaf() {
        validating(root, request(Forge.selfSigned())).isRefusedFor(PathFailure.SELF_SIGNED_NOT_TRUSTED, 0);
    }

    @Test
    void refusesExpiredLeaf() {
        leaf.notAfter(TestPki.NOW.minusSeconds(1));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.EXPIRED, 0);
    }

    @Test
    void acceptsTheLastSecondOfValidity() {
        leaf.notAfter(TestPki.NOW);
        validating(root, request(leaf, issuing)).isAccepted();
    }

    @Test
    void refusesExpiredIssuer() {
        issuing.notAfter(TestPki.NOW.minusSeconds(1));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.EXPIRED, 1);
    }

    @Test
    void refusesExpiredAnchor() {
        root.notAfter(TestPki.NOW.minusSeconds(1));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.EXPIRED, 2);
    }

    @Test
    void refusesLeafNotYetValid() {
        leaf.notBefore(TestPki.NOW.plusSeconds(1));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.NOT_YET_VALID, 0);
    }

    @Test
    void judgesAtTheTimeAsked() {
        leaf.notAfter(TestPki.NOW.minusSeconds(1));
        validating(root, request(leaf, issuing).at(TestPki.NOW.minus(Duration.ofDays(1))))
                .isAccepted();
    }

    @Test
    void refusesBrokenSignatures() {
        validating(root, PathAssert.of(leaf.withBrokenSignature(), List.of(issuing.certificate())))
                .isRefusedFor(PathFailure.SIGNATURE_INVALID, 0);
        validating(root, PathAssert.of(leaf.certificate(), List.of(issuing.withBrokenSignature())))
                .isRefusedFor(PathFailure.SIGNATURE_INVALID, 1);
    }

    @Test
    void refusesSignatureOfAnotherKeyUnderTheSameName() {
        Forge impostor = Forge.root("Root").key(TestKeys.ec("impostor"));
        validating(impostor, request(leaf, issuing)).isRefusedFor(PathFailure.SIGNATURE_INVALID, 1);
        Forge ofAnotherKind = Forge.root("Root").key(TestKeys.rsa("impostor")).signedWithRsa();
        validating(TrustAnchors.of(ofAnotherKind.certificate()), request(leaf, issuing))
                .isRefusedFor(PathFailure.SIGNATURE_INVALID, 1);
    }

    @Test
    @Defends(Threat.CERTIFICATE_FOR_ANOTHER_USE)
    void refusesLeafForTheOtherPurpose() {
        leaf.purposes(ExtendedKeyUsage.CLIENT_AUTH);
        validating(root, request(leaf, issuing).purpose(Purpose.SERVER))
                .isRefusedFor(PathFailure.PURPOSE_NOT_ALLOWED, 0);
    }

    @Test
    void refusesLeafThatNamesNoPurposeOrAny() {
        leaf.without(Extensions.EXTENDED_KEY_USAGE);
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.PURPOSE_NOT_ALLOWED, 0);
        Forge anything = Forge.leaf(issuing).with(anyExtendedKeyUsage());
        validating(root, request(anything, issuing)).isRefusedFor(PathFailure.PURPOSE_NOT_ALLOWED, 0);
        validating(root, request(anything, issuing).purpose(Purpose.ANY)).isAccepted();
    }

    @Test
    @Defends(Threat.CERTIFICATE_FOR_ANOTHER_USE)
    void refusesIssuerThatIsForTheOtherPurpose() {
        issuing.purposes(ExtendedKeyUsage.SERVER_AUTH);
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.PURPOSE_NOT_ALLOWED, 1);
    }

    @Test
    void acceptsIssuerForAnyPurpose() {
        issuing.with(anyExtendedKeyUsage());
        validating(root, request(leaf, issuing)).isAccepted();
    }

    @Test
    void refusesLeafThatMayNotSign() {
        leaf.with(Extensions.keyUsage(Set.of(KeyUsage.KEY_ENCIPHERMENT)));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.KEY_USAGE, 0);
    }

    @Test
    void refusesIssuerThatMayNotSignCertificates() {
        issuing.with(Extensions.keyUsage(Set.of(KeyUsage.CRL_SIGN)));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.KEY_USAGE, 1);
    }

    @Test
    void refusesIssuerThatIsNoAuthority() {
        Forge person = Forge.authority("Person", issuing).with(Extensions.basicConstraintsOfEndEntity());
        Forge below = Forge.leaf(person);
        validating(root, request(below, person, issuing)).isRefusedFor(PathFailure.NOT_A_CA, 1);
    }

    @Test
    void refusesMoreAuthoritiesThanPathLenConstraint() {
        issuing.with(Extensions.basicConstraintsOfAuthority(0));
        Forge between = Forge.authority("Between", issuing);
        validating(root, request(Forge.leaf(between), between, issuing)).isRefusedFor(PathFailure.PATH_TOO_LONG, 1);
    }

    @Test
    void holdsToThePathLenConstraintOfAnAnchor() {
        root.with(Extensions.basicConstraintsOfAuthority(0));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.PATH_TOO_LONG, 1);
    }

    @Test
    void refusesMoreCertificatesThanAsked() {
        validating(root, request(leaf, issuing).maxDepth(1)).isRefusedFor(PathFailure.PATH_TOO_LONG, 0);
        validating(root, request(leaf, issuing).maxDepth(2)).isAccepted();
    }

    @Test
    @Defends(Threat.UNKNOWN_KIND_ACCEPTED)
    void refusesUnknownCriticalExtension() {
        leaf.with(new Extension("2.25.1", true, Der.encode(DERNull.INSTANCE)));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.UNKNOWN_CRITICAL_EXTENSION, 0);
    }

    @Test
    void refusesPathWithoutPolicyThatAnIssuerRequires() {
        issuing.with(new Extension(
                "2.5.29.36", true, Der.encode(new PolicyConstraints(BigInteger.ZERO, null).toASN1Primitive())));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.POLICY, 0);
    }

    @Test
    void refusesSha1() {
        leaf.signedWithSha1();
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.WEAK_SIGNATURE, 0);
    }

    @Test
    void acceptsPssWithSha2AndNoOther() {
        Forge rsa = Forge.root("RSA").key(TestKeys.rsa("issuer")).signedWithRsa();
        var sha256 = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
        validating(rsa, request(Forge.leaf(rsa).signedWithPss(sha256))).isAccepted();
        // All the defaults of RFC 4055, whose parameters are an empty SEQUENCE.
        var sha1 = new PSSParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, 20, 1);
        validating(rsa, request(Forge.leaf(rsa).signedWithPss(sha1))).isRefusedFor(PathFailure.WEAK_SIGNATURE, 0);
    }

    @Test
    void refusesShortRsaKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair pair = generator.generateKeyPair();
        leaf.key(SigningKey.of(pair.getPrivate(), pair.getPublic()));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.WEAK_KEY, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "800000000000000000000000000000000000000000"})
    void refusesSerialNumberThatIsNotOne(String hex) {
        leaf.serial(new BigInteger(hex, 16));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.MALFORMED, 0);
    }

    /// The JDK takes each of these for absent, and absent restricts nothing.
    @ParameterizedTest
    @ValueSource(
            strings = {
                Extensions.KEY_USAGE,
                Extensions.EXTENDED_KEY_USAGE,
                Extensions.NAME_CONSTRAINTS,
                Extensions.SUBJECT_ALTERNATIVE_NAME,
                Extensions.BASIC_CONSTRAINTS
            })
    void refusesRestrictionThatCannotBeRead(String oid) {
        issuing.with(new Extension(oid, false, new byte[] {0x02, 0x01, 0x05}));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.MALFORMED, 1);
    }

    @Test
    void readsNoCertificateThatContradictsItself() {
        assertUnreadable(leaf.sayingAnotherAlgorithmInside());
        assertUnreadable(Forge.leaf(issuing).withEachExtensionTwice());
    }

    /// The law of integrity: whatever octet is changed, the certificate is refused, and by a declared
    /// exception.
    @Test
    void acceptsNoChangedCertificate() {
        byte[] whole = leaf.der();
        for (int i = 0; i < whole.length; i += 2) {
            byte[] changed = whole.clone();
            changed[i] ^= (byte) (1 << i % 8);
            assertThat(isAccepted(changed)).as("octet %d changed", i).isFalse();
        }
        assertThat(isAccepted(whole)).isTrue();
    }

    private boolean isAccepted(byte[] leafDer) {
        try {
            new PathValidator(anchors())
                    .validate(PathAssert.of(Certificates.parse(leafDer), List.of(issuing.certificate())));
            return true;
        } catch (MalformedCertificateException | PathValidationException e) {
            return false;
        }
    }

    @Test
    void tellsTheCandidateThatCameFurthest() {
        Forge impostor = Forge.root("Root").key(TestKeys.ec("impostor"));
        leaf.notAfter(TestPki.NOW.minusSeconds(1));
        validating(
                        TrustAnchors.of(impostor.certificate(), root.certificate()),
                        request(leaf, Forge.authority("Issuing", Forge.root("Elsewhere")), issuing))
                .isRefusedFor(PathFailure.EXPIRED, 0);
    }

    @Test
    void endsWhereAuthoritiesCertifyEachOther() {
        Forge one = Forge.authority("One", Forge.authority("Two", Forge.root("Elsewhere")));
        Forge two = Forge.authority("Two", one);
        validating(root, request(Forge.leaf(one), one, two)).isRefusedFor(PathFailure.NO_PATH, 2);
    }

    @Test
    void looksAtHeapOfEquallyNamedAuthoritiesOnce() {
        List<X509Certificate> heap = new ArrayList<>();
        Forge loop = Forge.root("Same");
        for (int i = 0; i < 9; i++) {
            heap.add(Forge.authority("Same", loop).key(TestKeys.ec("same " + i)).certificate());
        }
        validating(root, PathAssert.of(Forge.leaf(loop).certificate(), heap)).isRefusedFor(PathFailure.NO_PATH, 9);
        Forge hidden = Forge.authority("Same", root).key(TestKeys.ec("hidden"));
        validating(loop, PathAssert.of(Forge.leaf(hidden).certificate(), heap))
                .isRefusedFor(PathFailure.SIGNATURE_INVALID, 0);
    }

    @Test
    void refusesRequestThatLeavesAnythingOpen() {
        PathValidator validator = new PathValidator(anchors());
        assertThatIllegalStateException()
                .isThrownBy(() -> validator.validate(ValidationRequest.of(leaf.certificate())
                        .untrusted(List.of(issuing.certificate()))
                        .purpose(Purpose.CLIENT)
                        .at(TestPki.NOW)));
    }

    @Test
    void readsAnchorsFromPem() throws Exception {
        String pem = Pem.encode(PemLabel.CERTIFICATE, root.certificate().getEncoded());
        assertThat(TrustAnchors.parsePem(pem.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(anchors());
        assertThatExceptionOfType(MalformedCertificateException.class)
                .isThrownBy(() -> TrustAnchors.parsePem(Der.encode(new DERSequence(new ASN1Integer(1)))));
    }

    private static void assertUnreadable(Forge forge) {
        assertThatExceptionOfType(MalformedCertificateException.class)
                .isThrownBy(() -> Certificates.parse(forge.der()))
                .extracting(MalformedCertificateException::failure)
                .isEqualTo(CertificateFailure.MALFORMED);
    }

    private TrustAnchors anchors() {
        return TrustAnchors.of(root.certificate());
    }

    private static Extension anyExtendedKeyUsage() {
        return new Extension(
                Extensions.EXTENDED_KEY_USAGE, false, Der.encode(new DERSequence(KeyPurposeId.anyExtendedKeyUsage)));
    }
}
