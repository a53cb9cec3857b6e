package org.chancery.pki.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.testing.CrlForge;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Mutations;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;

/// Lists that are well signed and still must not be believed, one fault each.
class CrlReaderTest {
    private static final SigningKey KEY = TestKeys.ec("crl");
    private static final Instant NOW = TestPki.NOW;
    private static final BigInteger ONE = BigInteger.ONE;
    private static final BigInteger TWO = BigInteger.TWO;
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.2.3.4");
    private static final X500Principal OTHER = new X500Principal("CN=Other");

    private final CrlForge forge = CrlForge.of("CN=Lab", KEY);

    @Test
    void takesTheMinimum() {
        assertThat(forge.crl().number()).isEqualTo(1);
        assertThat(forge.crl().scope()).isEqualTo(CrlScope.COMPLETE);
        assertThat(forge.crl().isDelta()).isFalse();
    }

    @Test
    void takesVersionOneAsItHasNoExtensions() {
        Crl crl = forge.version(null).without(Extension.cRLNumber).entry(ONE).crl();

        assertThat(crl.number()).isZero();
        assertThat(crl.find(new SerialNumber(ONE))).isPresent();
    }

    @Test
    void refusesExtensionsInVersionOne() {
        refuses(forge.version(null));
        refuses(CrlForge.of("CN=Lab", KEY)
                .version(null)
                .without(Extension.cRLNumber)
                .entry(ONE, CrlForge.reason(1)));
    }

    @Test
    void refusesVersionsThatAreNotTwo() {
        refuses(forge.version(new ASN1Integer(0)));
        refuses(forge.version(new ASN1Integer(2)));
    }

    @Test
    void refusesListWithoutNumber() {
        refuses(forge.without(Extension.cRLNumber).keyIdentifier(new byte[20]));
    }

    @Test
    void refusesNumberThatIsCriticalNegativeOrTooLong() {
        refuses(forge.with(Extension.cRLNumber, true, new ASN1Integer(1)));
        refuses(forge.with(Extension.cRLNumber, false, new ASN1Integer(-1)));
        refuses(forge.with(Extension.cRLNumber, false, new ASN1Integer(ONE.shiftLeft(159))));
        assertThat(forge.with(Extension.cRLNumber, false, new ASN1Integer(ONE.shiftLeft(158)))
                        .crl()
                        .number())
                .isEqualTo(ONE.shiftLeft(158));
    }

    @Test
    void refusesListWithoutNextUpdate() {
        refuses(forge.nextUpdate((ASN1Encodable) null));
    }

    @Test
    void refusesNextUpdateBeforeThisUpdate() {
        refuses(forge.thisUpdate(NOW).nextUpdate(NOW.minusSeconds(1)));
        forge.thisUpdate(NOW).nextUpdate(NOW).crl();
    }

    @Test
    void refusesTimesInAnotherForm() {
        refuses(forge.thisUpdate(DerTime.generalized(NOW)));
        refuses(forge.thisUpdate(new DERUTCTime("2611221000Z")));
        refuses(forge.thisUpdate(new DERUTCTime("261122100000+0100")));
        refuses(CrlForge.of("CN=Lab", KEY).nextUpdate(new ASN1GeneralizedTime("20611122100000.5Z")));
        refuses(CrlForge.of("CN=Lab", KEY).entry(ONE, DerTime.generalized(NOW)));
    }

    @Test
    void takesGeneralizedTimeFrom2050() {
        Instant late = Instant.parse("2050-01-01T00:00:00Z");

        assertThat(forge.nextUpdate(late).crl().nextUpdate()).isEqualTo(late);
    }

    @Test
    void refusesEmptyIssuer() {
        refuses(CrlForge.of("", KEY));
    }

    @Test
    void refusesAnotherAlgorithmInsideThanOutside() {
        refuses(forge.sayingInside(X9ObjectIdentifiers.ecdsa_with_SHA384));
    }

    @Test
    void refusesExtensionTwice() {
        refuses(forge.twice(Extension.cRLNumber));
        refuses(CrlForge.of("CN=Lab", KEY).entry(ONE, CrlForge.reason(1), CrlForge.reason(1)));
    }

    @Test
    @Defends(Threat.UNKNOWN_KIND_ACCEPTED)
    void refusesUnknownCriticalExtensions() {
        assertThat(failureOf(forge.with(UNKNOWN, true, DERNull.INSTANCE).der()))
                .isEqualTo(CrlFailure.UNKNOWN_CRITICAL_EXTENSION);
        assertThat(failureOf(CrlForge.of("CN=Lab", KEY)
                        .entry(ONE, CrlForge.extension(UNKNOWN, true, DERNull.INSTANCE))
                        .der()))
                .isEqualTo(CrlFailure.UNKNOWN_CRITICAL_EXTENSION);
    }

    @Test
    void passesOverUnknownExtensionsThatAreNotCritical() {
        Crl crl = forge.with(UNKNOWN, false, DERNull.INSTANCE)
                .entry(ONE, CrlForge.extension(UNKNOWN, false, DERNull.INSTANCE))
                .crl();

        assertThat(crl.entries()).hasSize(1);
    }

    @Test
    void refusesEmptyListsOfEntriesAndExtensions() {
        refuses(forge.emptyEntries());
    }

    @Test
    void refusesSerialNumberTwice() {
        refuses(forge.entry(ONE).entry(TWO).entry(ONE));
    }

    @Test
    void readsNegativeSerialNumbersThatOthersIssued() {
        assertThat(forge.entry(ONE.negate()).crl().find(new SerialNumber(ONE.negate())))
                .isPresent();
    }

    @Test
    void refusesSerialNumberBeyondTwentyOctets() {
        refuses(forge.entry(ONE.shiftLeft(160)));
    }

    @Test
    void readsExplicitUnspecifiedLikeNone() {
        assertThat(forge.entry(ONE, DerTime.of(NOW), CrlForge.reason(0)).crl().entries())
                .containsExactly(new RevokedCertificate(
                        new SerialNumber(ONE), NOW, RevocationReason.UNSPECIFIED, Optional.empty()));
    }

    @Test
    @Defends(Threat.UNKNOWN_KIND_ACCEPTED)
    void refusesReasonsThatDoNotExist() {
        refuses(forge.entry(ONE, CrlForge.reason(7)));
        refuses(CrlForge.of("CN=Lab", KEY).entry(ONE, CrlForge.reason(11)));
    }

    @Test
    void onlyDeltasTakeBack() {
        refuses(forge.entry(ONE, CrlForge.reason(8)));
        assertThat(forge.number(2).deltaTo(1).crl().entries()).hasSize(1);
    }

    @Test
    void readsDelta() {
        Crl crl = forge.number(7).deltaTo(3).crl();

        assertThat(crl.isDelta()).isTrue();
        assertThat(crl.baseNumber()).contains(BigInteger.valueOf(3));
    }

    @Test
    void refusesDeltaIndicatorThatIsNotCritical() {
        refuses(forge.with(Extension.deltaCRLIndicator, false, new ASN1Integer(1)));
    }

    @Test
    void refusesFreshestCrlInDeltaAndWhereItCannotBeRead() {
        refuses(forge.number(2).deltaTo(1).with(Extension.freshestCRL, false, freshest()));
        refuses(CrlForge.of("CN=Lab", KEY).with(Extension.freshestCRL, false, new DERSequence()));
        CrlForge.of("CN=Lab", KEY)
                .with(Extension.freshestCRL, false, freshest())
                .crl();
    }

    @Test
    void readsScope() {
        CrlScope scope = forge.point(
                        List.of("http://lab.example/1.crl"),
                        true,
                        false,
                        new org.bouncycastle.asn1.x509.ReasonFlags(org.bouncycastle.asn1.x509.ReasonFlags.keyCompromise
                                | org.bouncycastle.asn1.x509.ReasonFlags.aACompromise),
                        true)
                .crl()
                .scope();

        assertThat(scope.names()).hasSize(1);
        assertThat(scope.certificates()).isEqualTo(CrlScope.Certificates.OF_USERS);
        assertThat(scope.reasons().reasons())
                .containsExactly(RevocationReason.KEY_COMPROMISE, RevocationReason.AA_COMPROMISE);
        assertThat(scope.indirect()).isTrue();
    }

    @Test
    void nameRelativeToTheIssuerContinuesItsName() {
        var relative = new org.bouncycastle.asn1.x500.X500NameBuilder()
                .addRDN(org.bouncycastle.asn1.x500.style.BCStyle.CN, "Part 1")
                .build()
                .getRDNs()[0];
        CrlScope scope = forge.with(
                        Extension.issuingDistributionPoint,
                        true,
                        new DERSequence(new DERTaggedObject(
                                true,
                                0,
                                new DistributionPointName(
                                        DistributionPointName.NAME_RELATIVE_TO_CRL_ISSUER,
                                        relative.toASN1Primitive()))))
                .crl()
                .scope();

        assertThat(scope.names())
                .containsExactly(
                        new org.chancery.pki.name.GeneralName.Directory(new X500Principal("CN=Part 1, CN=Lab")));
    }

    @Test
    void refusesEmptyScope() {
        refuses(forge.with(Extension.issuingDistributionPoint, true, new DERSequence()));
    }

    @Test
    void refusesScopeThatIsNotCritical() {
        refuses(forge.with(Extension.issuingDistributionPoint, false, flags(1)));
    }

    @Test
    void refusesScopeThatIsLimitedTwice() {
        refuses(forge.with(Extension.issuingDistributionPoint, true, flags(1, 2)));
        refuses(forge.with(Extension.issuingDistributionPoint, true, flags(2, 5)));
    }

    @Test
    void refusesDefaultValuesWrittenOut() {
        refuses(forge.with(
                Extension.issuingDistributionPoint,
                true,
                new DERSequence(new DERTaggedObject(false, 1, new DEROctetString(new byte[] {0})))));
    }

    @Test
    void certificateIssuerHoldsForTheEntriesThatFollow() {
        Crl crl = forge.indirect()
                .entry(ONE)
                .entry(ONE, CrlForge.certificateIssuer(OTHER))
                .entry(TWO)
                .crl();

        assertThat(crl.find(new SerialNumber(ONE))).isPresent();
        assertThat(crl.find(new SerialNumber(TWO))).isEmpty();
        assertThat(crl.find(OTHER, new SerialNumber(ONE))).isPresent();
        assertThat(crl.find(OTHER, new SerialNumber(TWO))).isPresent();
        assertThat(crl.entries()).hasSize(3);
    }

    @Test
    void refusesCertificateIssuerInListThatIsNotIndirect() {
        refuses(forge.entry(ONE, CrlForge.certificateIssuer(OTHER)));
    }

    @Test
    void refusesCertificateIssuerThatIsNotCriticalOrNoDirectoryName() {
        GeneralNames uri = CrlForge.uris(List.of("http://lab.example"));

        refuses(forge.indirect().entry(ONE, CrlForge.extension(Extension.certificateIssuer, true, uri)));
        refuses(CrlForge.of("CN=Lab", KEY)
                .indirect()
                .entry(
                        ONE,
                        CrlForge.extension(
                                Extension.certificateIssuer,
                                false,
                                CrlForge.certificateIssuer(OTHER).getParsedValue())));
    }

    @Test
    @Defends(Threat.PARSER_FALLS_OVER)
    void damageEscapesAsNothingElse() {
        byte[] der = forge.point(List.of("http://lab.example/1.crl"), false, false, null, true)
                .with(Extension.freshestCRL, false, freshest())
                .keyIdentifier(new byte[20])
                .entry(ONE, CrlForge.reason(1), CrlForge.certificateIssuer(OTHER))
                .der();

        Mutations.of(der).forEach(damaged -> {
            try {
                assertThat(Crl.parse(damaged).signedBy(KEY.publicKey())).isFalse();
            } catch (MalformedCrlException e) {
                assertThat(e.failure()).isNotNull();
            }
        });
    }

    private static ASN1Encodable freshest() {
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, "http://d.crl"));
        return new CRLDistPoint(
                new DistributionPoint[] {new DistributionPoint(new DistributionPointName(names), null, null)});
    }

    private static ASN1Encodable flags(int... tags) {
        ASN1EncodableVector flags = new ASN1EncodableVector();
        for (int tag : tags) {
            flags.add(new DERTaggedObject(false, tag, new DEROctetString(new byte[] {(byte) 0xff})));
        }
        return new DERSequence(flags);
    }

    private static void refuses(CrlForge forged) {
        assertThat(failureOf(forged.der())).isEqualTo(CrlFailure.MALFORMED);
    }

    private static CrlFailure failureOf(byte[] der) {
        return assertThatExceptionOfType(MalformedCrlException.class)
                .isThrownBy(() -> Crl.parse(der))
                .actual()
                .failure();
    }
}
