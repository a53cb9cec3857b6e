package org.chancery.pki.path;

import static org.chancery.pki.path.PathAssert.request;
import static org.chancery.pki.path.PathAssert.validating;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.der.Der;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.testing.CrlForge;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which lists speak of a certificate, and whether together they say enough (RFC 5280 section 6.3.3 (b) to (e)).
class CrlScopeRuleTest {
    private static final String HERE = "http://lab.example/1.crl";
    private static final String ELSEWHERE = "http://lab.example/2.crl";
    private static final int COMPROMISE = ReasonFlags.keyCompromise | ReasonFlags.cACompromise;
    private static final int REST = ReasonFlags.affiliationChanged
            | ReasonFlags.superseded
            | ReasonFlags.cessationOfOperation
            | ReasonFlags.certificateHold
            | ReasonFlags.privilegeWithdrawn
            | ReasonFlags.aACompromise;

    private final Forge root = Forge.root("Root");
    private final Forge issuing = Forge.authority("Issuing", root);
    private final Forge leaf = Forge.leaf(issuing);

    @Test
    void acceptsListOfTheNamedPoint() {
        leaf.with(points(point(HERE, null, null)));
        judge(list().at(HERE)).isAccepted();
    }

    @Test
    void oneNameOfSeveralIsEnough() {
        leaf.with(points(point(HERE, null, null)));
        judge(list().at(ELSEWHERE, HERE)).isAccepted();
    }

    @Test
    void refusesListOfAnotherPoint() {
        leaf.with(points(point(HERE, null, null)));
        judge(list().at(ELSEWHERE)).isRefusedFor(PathFailure.CRL_MISSING, 0);
    }

    @Test
    void pointsAreComparedAsWritten() {
        leaf.with(points(point("http://lab.example/%31.crl", null, null)));
        judge(list().at(HERE)).isRefusedFor(PathFailure.CRL_MISSING, 0);
    }

    @Test
    void refusesListOfSomePointForCertificateThatNamesNone() {
        judge(list().at(HERE)).isRefusedFor(PathFailure.CRL_MISSING, 0);
    }

    @Test
    void listWithoutPointCoversCertificateThatNamesOne() {
        leaf.with(points(point(HERE, null, null)));
        judge(list()).isAccepted();
    }

    @Test
    void readsRevocationFromTheListOfThePoint() {
        leaf.with(points(point(HERE, null, null)));
        judge(list().at(HERE).entry(leaf.certificate(), RevocationReason.SUPERSEDED))
                .isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void listForUsersCoversNoAuthority() {
        judge(list().forUsers()).isAccepted();
        judgeWith(CrlForge.of(root.certificate(), root.key()).forUsers().crl(), list().crl())
                .isRefusedFor(PathFailure.CRL_MISSING, 1);
    }

    @Test
    void listForAuthoritiesCoversNoUser() {
        judge(list().forAuthorities()).isRefusedFor(PathFailure.CRL_MISSING, 0);
        judgeWith(CrlForge.of(root.certificate(), root.key()).forAuthorities().crl(), list().crl())
                .isAccepted();
    }

    @Test
    void listForAttributeCertificatesCoversNone() {
        ASN1Encodable attributesOnly =
                new DERSequence(new DERTaggedObject(false, 5, new DEROctetString(new byte[] {(byte) 0xff})));
        judge(list().with(org.bouncycastle.asn1.x509.Extension.issuingDistributionPoint, true, attributesOnly))
                .isRefusedFor(PathFailure.CRL_MISSING, 0);
    }

    @Test
    void listForSomeReasonsIsNotEnough() {
        judge(list().forReasons(COMPROMISE)).isRefusedFor(PathFailure.CRL_MISSING, 0);
    }

    @Test
    void listsForAllReasonsTogetherAreEnough() {
        judge(list().forReasons(COMPROMISE), list().forReasons(REST)).isAccepted();
    }

    @Test
    void revokedForSomeReasonIsRevokedWhateverTheOtherListSays() {
        judge(
                        list().forReasons(COMPROMISE),
                        list().forReasons(REST).entry(leaf.certificate(), RevocationReason.SUPERSEDED))
                .isRefusedFor(PathFailure.REVOKED, 0);
        judge(list().forReasons(COMPROMISE).entry(leaf.certificate(), RevocationReason.KEY_COMPROMISE))
                .isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void pointForSomeReasonsLimitsItsList() {
        leaf.with(points(point(HERE, new ReasonFlags(COMPROMISE), null)));
        judge(list().at(HERE)).isRefusedFor(PathFailure.CRL_MISSING, 0);
    }

    @Test
    void pointsForAllReasonsTogetherAreEnough() {
        leaf.with(
                points(point(HERE, new ReasonFlags(COMPROMISE), null), point(ELSEWHERE, new ReasonFlags(REST), null)));
        judge(list().at(HERE)).isRefusedFor(PathFailure.CRL_MISSING, 0);
        judge(list().at(HERE), list().at(ELSEWHERE)).isAccepted();
    }

    @Test
    void refusesCertificateWhosePointsCannotBeRead() {
        leaf.with(new Extension(
                Extensions.CRL_DISTRIBUTION_POINTS, false, Der.encode(new DERSequence(new DERSequence()))));
        judge(list()).isRefusedFor(PathFailure.MALFORMED, 0);
    }

    @Test
    void indirectListOfTheIssuerItselfCounts() {
        judge(list().indirect()).isAccepted();
        judge(list().indirect().entry(leaf.certificate(), RevocationReason.SUPERSEDED))
                .isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void entryOfAnotherIssuerIsAnotherCertificate() {
        judge(list().indirect()
                        .entry(
                                leaf.certificate().getSerialNumber(),
                                CrlForge.certificateIssuer(new X500Principal("CN=Other"))))
                .isAccepted();
    }

    @Test
    void listOfTheIssuerDoesNotStandInForTheCrlIssuerOfAPoint() {
        // All reasons are covered by the point, which its cRLIssuer alone answers for; the issuer's own list covers
        // them as well, but only if it is bound to no point.
        leaf.with(points(point(HERE, null, root)));
        judge(list().at(HERE)).isRefusedFor(PathFailure.CRL_MISSING, 0);
    }

    @Test
    void crlIssuerAnswersForItsPointByIndirectListOnly() {
        leaf.with(points(point(HERE, null, root)));
        Crl direct = CrlForge.of(root.certificate(), root.key()).at(HERE).crl();
        Crl indirect = CrlForge.of(root.certificate(), root.key())
                .point(List.of(HERE), false, false, null, true)
                .crl();
        judgeWith(rootList(), direct).isRefusedFor(PathFailure.CRL_MISSING, 0);
        judgeWith(rootList(), indirect).isAccepted();
    }

    @Test
    void crlIssuerRevokesUnderTheNameOfTheCertificatesIssuer() {
        leaf.with(points(point(HERE, null, root)));
        CrlForge indirect = CrlForge.of(root.certificate(), root.key())
                .point(List.of(HERE), false, false, null, true)
                .entry(
                        leaf.certificate().getSerialNumber(),
                        CrlForge.certificateIssuer(leaf.certificate().getIssuerX500Principal()));
        judgeWith(rootList(), indirect.crl()).isRefusedFor(PathFailure.REVOKED, 0);
    }

    /// RFC 5280 section 7.1: a name is the same in another case and as another kind of string.
    @ParameterizedTest
    @MethodSource("writings")
    void certificateIssuerMayBeWrittenOtherwise(X500Principal name) {
        leaf.with(points(point(HERE, null, root)));
        CrlForge indirect = CrlForge.of(root.certificate(), root.key())
                .point(List.of(HERE), false, false, null, true)
                .entry(leaf.certificate().getSerialNumber(), CrlForge.certificateIssuer(name));
        judgeWith(rootList(), indirect.crl()).isRefusedFor(PathFailure.REVOKED, 0);
    }

    @ParameterizedTest
    @MethodSource("writings")
    void issuerOfListMayBeWrittenOtherwise(X500Principal name) {
        CrlForge list = CrlForge.of(name, issuing.key());
        judge(list).isAccepted();
        judge(list.entry(leaf.certificate(), RevocationReason.SUPERSEDED)).isRefusedFor(PathFailure.REVOKED, 0);
    }

    /// Of `CN=Issuing`.
    private static Stream<X500Principal> writings() {
        return Stream.of(
                        new DERPrintableString("ISSUING"),
                        new DERT61String("Issuing"),
                        new DERBMPString(" issuing "),
                        new DERIA5String("Issuing"),
                        new DERUTF8String("Iss\u00aduing"))
                .map(commonName -> new X500Principal(Der.encode(
                        new X500NameBuilder().addRDN(BCStyle.CN, commonName).build())));
    }

    private CrlForge list() {
        return CrlForge.of(issuing.certificate(), issuing.key());
    }

    private Crl rootList() {
        return CrlForge.of(root.certificate(), root.key()).crl();
    }

    private PathAssert judge(CrlForge... lists) {
        Crl[] crls = new Crl[lists.length + 1];
        crls[0] = rootList();
        for (int i = 0; i < lists.length; i++) {
            crls[i + 1] = lists[i].crl();
        }
        return judgeWith(crls);
    }

    private PathAssert judgeWith(Crl... crls) {
        return validating(
                root,
                request(leaf, issuing)
                        .revocation(new Revocation.Required(CrlSet.unverified(List.of(crls)), Duration.ZERO)));
    }

    private static Extension points(DistributionPoint... points) {
        return new Extension(Extensions.CRL_DISTRIBUTION_POINTS, false, Der.encode(new DERSequence(points)));
    }

    private static DistributionPoint point(String uri, @Nullable ReasonFlags reasons, @Nullable Forge crlIssuer) {
        return new DistributionPoint(
                new DistributionPointName(CrlForge.uris(List.of(uri))),
                reasons,
                crlIssuer == null
                        ? null
                        : new GeneralNames(new GeneralName(X500Name.getInstance(crlIssuer
                                .certificate()
                                .getSubjectX500Principal()
                                .getEncoded()))));
    }
}
