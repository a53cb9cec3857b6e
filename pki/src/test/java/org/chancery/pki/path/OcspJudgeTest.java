package org.chancery.pki.path;

import static org.chancery.pki.path.PathAssert.request;
import static org.chancery.pki.path.PathAssert.validating;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.DERNull;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.der.Der;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.OcspCertId;
import org.chancery.pki.revocation.OcspResponse;
import org.chancery.pki.revocation.OcspSigner;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.testing.CrlForge;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.OcspForge;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which OCSP responses count for a certificate, and which do not (RFC 6960 section 3.2). The issuing CA has a CRL of
/// the root in every test; it is the leaf that is asked about.
class OcspJudgeTest {
    private static final Extension NO_CHECK =
            new Extension("1.3.6.1.5.5.7.48.1.5", false, Der.encode(DERNull.INSTANCE));

    private final Forge root = Forge.root("Root");
    private final Forge issuing = Forge.authority("Issuing", root);
    private final Forge leaf = Forge.leaf(issuing);

    @ParameterizedTest
    @EnumSource
    void goodFromTheIssuerIsEnough(OcspCertId.Hash hash) {
        judge(byIssuer().good(id(hash))).isAccepted();
    }

    @Test
    void responderMayBeNamedByItsSubject() {
        judge(byIssuer().byName().good(id())).isAccepted();
    }

    @Test
    void refusesRevoked() {
        judge(byIssuer().revoked(id(), RevocationReason.SUPERSEDED)).isRefusedFor(PathFailure.REVOKED, 0);
        judge(byIssuer().revoked(id(), RevocationReason.CERTIFICATE_HOLD)).isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void unknownIsNotGood() {
        judge(byIssuer().unknown(id())).isRefusedFor(PathFailure.OCSP_UNKNOWN, 0);
    }

    @Test
    @Defends(Threat.STATUS_OF_ANOTHER)
    void goodForAnotherSerialNumberIsNothing() {
        judge(byIssuer().good(id(issuing, BigInteger.TEN))).isRefusedFor(PathFailure.CRL_MISSING, 0);
    }

    @Test
    @Defends(Threat.STATUS_OF_ANOTHER)
    void goodForTheNumberOfAnotherIssuerIsNothing() {
        judge(byIssuer().good(id(root, leaf.certificate().getSerialNumber()))).isRefusedFor(PathFailure.CRL_MISSING, 0);
    }

    @Test
    @Defends(Threat.STATUS_OF_ANOTHER)
    void goodForTheSameNameWithAnotherKeyIsNothing() {
        Forge namesake = Forge.authority("Issuing", root).key(TestKeys.ec("namesake"));
        judge(byIssuer().good(id(namesake, leaf.certificate().getSerialNumber())))
                .isRefusedFor(PathFailure.CRL_MISSING, 0);
    }

    @Test
    void refusesPastNextUpdate() {
        judge(byIssuer().nextUpdate(TestPki.NOW.minusSeconds(1)).good(id())).isRefusedFor(PathFailure.OCSP_STALE, 0);
        judge(byIssuer().nextUpdate(TestPki.NOW).good(id())).isAccepted();
    }

    @Test
    @Defends(Threat.STATUS_FOR_EVER)
    void withoutNextUpdateIsStale() {
        judge(byIssuer().nextUpdate(null).good(id())).isRefusedFor(PathFailure.OCSP_STALE, 0);
    }

    @Test
    void refusesAnswerFromTheFuture() {
        judge(byIssuer().thisUpdate(TestPki.NOW.plus(Duration.ofMinutes(6))).good(id()))
                .isRefusedFor(PathFailure.OCSP_INVALID, 0);
        judge(byIssuer().thisUpdate(TestPki.NOW.plus(Duration.ofMinutes(5))).good(id()))
                .isAccepted();
    }

    @Test
    void believesOldAnswerInWhatItRevokesButNotInHold() {
        judge(byIssuer().nextUpdate(TestPki.NOW.minusSeconds(1)).revoked(id(), RevocationReason.SUPERSEDED))
                .isRefusedFor(PathFailure.REVOKED, 0);
        judge(byIssuer().nextUpdate(TestPki.NOW.minusSeconds(1)).revoked(id(), RevocationReason.CERTIFICATE_HOLD))
                .isRefusedFor(PathFailure.OCSP_STALE, 0);
    }

    @Test
    @Defends(Threat.STATUS_OF_ANOTHER)
    void refusesResponseSignedByAnotherKey() {
        judge(OcspForge.of(issuing.certificate(), TestKeys.ec("forger")).good(id()))
                .isRefusedFor(PathFailure.OCSP_INVALID, 0);
    }

    @Test
    void refusesResponseSignedByTheIssuersIssuer() {
        judge(OcspForge.of(root.certificate(), root.key()).good(id())).isRefusedFor(PathFailure.OCSP_INVALID, 0);
    }

    @Test
    void refusesResponseSignedByTheCertificateItself() {
        judge(OcspForge.of(leaf.certificate(), leaf.key())
                        .sending(leaf.certificate())
                        .good(id()))
                .isRefusedFor(PathFailure.OCSP_INVALID, 0);
    }

    @Test
    void delegateOfTheIssuerMayAnswer() {
        judge(by(delegate(issuing).with(NO_CHECK)).good(id())).isAccepted();
    }

    @Test
    void delegateNeedsToBeSentAlong() {
        Forge delegate = delegate(issuing).with(NO_CHECK);
        judge(OcspForge.of(delegate.certificate(), delegate.key()).good(id()))
                .isRefusedFor(PathFailure.OCSP_INVALID, 0);
    }

    @Test
    void delegateNeedsThePurposeItselfAndNotAny() {
        judge(by(delegate(issuing).with(NO_CHECK).purposes(ExtendedKeyUsage.CLIENT_AUTH))
                        .good(id()))
                .isRefusedFor(PathFailure.OCSP_INVALID, 0);
        judge(by(delegate(issuing).with(NO_CHECK).without(Extensions.EXTENDED_KEY_USAGE))
                        .good(id()))
                .isRefusedFor(PathFailure.OCSP_INVALID, 0);
    }

    @Test
    void delegateOfAnotherAuthorityMayNotAnswer() {
        judge(by(delegate(root).with(NO_CHECK)).good(id())).isRefusedFor(PathFailure.OCSP_INVALID, 0);
    }

    @Test
    void delegateThatMayNotSignDataMayNotAnswer() {
        judge(by(delegate(issuing).with(NO_CHECK).with(Extensions.keyUsage(Set.of(KeyUsage.KEY_ENCIPHERMENT))))
                        .good(id()))
                .isRefusedFor(PathFailure.OCSP_INVALID, 0);
    }

    @Test
    void expiredDelegateMayNotAnswer() {
        judge(by(delegate(issuing).with(NO_CHECK).notAfter(TestPki.NOW.minusSeconds(1)))
                        .good(id()))
                .isRefusedFor(PathFailure.OCSP_INVALID, 0);
    }

    @Test
    void delegateWithoutNocheckNeedsEvidenceOfItsOwn() {
        Forge delegate = delegate(issuing);
        judge(by(delegate).good(id())).isRefusedFor(PathFailure.OCSP_INVALID, 0);
        OcspCertId its = id(issuing, delegate.certificate().getSerialNumber());
        judge(List.of(), by(delegate).good(id()), byIssuer().good(its)).isAccepted();
        judge(List.of(), by(delegate).good(id()), byIssuer().revoked(its, RevocationReason.KEY_COMPROMISE))
                .isRefusedFor(PathFailure.OCSP_INVALID, 0);
    }

    @Test
    void delegateDoesNotVouchForItself() {
        Forge delegate = delegate(issuing);
        judge(by(delegate).good(id()).good(id(issuing, delegate.certificate().getSerialNumber())))
                .isRefusedFor(PathFailure.OCSP_INVALID, 0);
    }

    @Test
    void revokedByListIsRevokedWhateverTheResponseSays() {
        judge(
                        List.of(list().entry(leaf.certificate(), RevocationReason.SUPERSEDED)),
                        byIssuer().good(id()))
                .isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void revokedByResponseIsRevokedWhateverTheListSays() {
        judge(List.of(list()), byIssuer().revoked(id(), RevocationReason.SUPERSEDED))
                .isRefusedFor(PathFailure.REVOKED, 0);
        judge(List.of(), byIssuer().good(id()), byIssuer().revoked(id(), RevocationReason.SUPERSEDED))
                .isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void goodListMakesUpForUselessResponse() {
        judge(List.of(list()), byIssuer().unknown(id())).isAccepted();
        judge(List.of(list()), byIssuer().nextUpdate(null).good(id())).isAccepted();
    }

    @Test
    void responseThatRefusesToAnswerSaysNothing() {
        judgeAll(List.of(), List.of(OcspSigner.refusing(OcspResponse.Status.TRY_LATER)))
                .isRefusedFor(PathFailure.CRL_MISSING, 0);
    }

    @Test
    void withoutListsTheMissingResponseIsNamed() {
        validating(
                        root,
                        request(leaf, issuing)
                                .revocation(new Revocation.Required(
                                        CrlSet.EMPTY,
                                        List.of(byIssuer().good(id()).response()),
                                        Duration.ZERO)))
                .isRefusedFor(PathFailure.OCSP_MISSING, 1);
    }

    @Test
    void eachCertificateOfThePathMayHaveItsOwnResponse() {
        OcspResponse ofRoot = OcspForge.of(root.certificate(), root.key())
                .good(id(root, issuing.certificate().getSerialNumber()))
                .response();
        validating(
                        root,
                        request(leaf, issuing)
                                .revocation(new Revocation.Required(
                                        CrlSet.EMPTY,
                                        List.of(byIssuer().good(id()).response(), ofRoot),
                                        Duration.ZERO)))
                .isAccepted();
    }

    private Forge delegate(Forge authority) {
        return Forge.leaf(authority).key(TestKeys.ec("responder")).purposes(ExtendedKeyUsage.OCSP_SIGNING);
    }

    private OcspForge byIssuer() {
        return OcspForge.of(issuing.certificate(), issuing.key());
    }

    private static OcspForge by(Forge delegate) {
        return OcspForge.of(delegate.certificate(), delegate.key()).sending(delegate.certificate());
    }

    private OcspCertId id() {
        return id(OcspCertId.Hash.SHA_256);
    }

    private OcspCertId id(OcspCertId.Hash hash) {
        return OcspCertId.of(hash, issuing.certificate(), SerialNumber.of(leaf.certificate()));
    }

    private static OcspCertId id(Forge issuer, BigInteger serialNumber) {
        return OcspCertId.of(OcspCertId.Hash.SHA_256, issuer.certificate(), new SerialNumber(serialNumber));
    }

    private CrlForge list() {
        return CrlForge.of(issuing.certificate(), issuing.key());
    }

    private PathAssert judge(OcspForge response) {
        return judge(List.of(), response);
    }

    private PathAssert judge(List<CrlForge> lists, OcspForge... responses) {
        return judgeAll(
                lists.stream().map(CrlForge::crl).toList(),
                Arrays.stream(responses).map(OcspForge::response).toList());
    }

    private PathAssert judgeAll(List<Crl> lists, List<OcspResponse> responses) {
        List<Crl> all = new ArrayList<>(lists);
        all.add(CrlForge.of(root.certificate(), root.key()).crl());
        return validating(
                root,
                request(leaf, issuing)
                        .revocation(new Revocation.Required(CrlSet.unverified(all), responses, Duration.ZERO)));
    }
}
