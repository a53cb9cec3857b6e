package org.chancery.pki.path;

import static org.chancery.pki.path.PathAssert.request;
import static org.chancery.pki.path.PathAssert.validating;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.testing.CrlForge;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Test;

/// Lists that several keys have signed under one name, as after a change of keys: none of them takes the place
/// of another's (RFC 5280 section 6.3.3 (f)).
class CrlSignersTest {
    private final Forge root = Forge.root("Root");
    private final Forge issuing = Forge.authority("Issuing", root);
    private final Forge namesake = Forge.authority("Issuing", root).key(TestKeys.ec("namesake"));
    private final Forge leaf = Forge.leaf(issuing);

    @Test
    void listOfTheNamesakeIsOneOfTheIssuer() {
        judge(by(namesake).number(9)).isAccepted();
    }

    @Test
    void newerListOfTheNamesakeDoesNotHideWhatTheIssuerRevokes() {
        judge(
                        by(issuing).number(1).entry(leaf.certificate(), RevocationReason.SUPERSEDED),
                        by(namesake).number(9))
                .isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void newerListOfTheIssuerDoesNotHideWhatTheNamesakeRevokes() {
        judge(by(issuing).number(9), by(namesake).number(1).entry(leaf.certificate(), RevocationReason.SUPERSEDED))
                .isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void namesakeThatIsRevokedSaysNothing() {
        CrlForge ofRoot = by(root).entry(namesake.certificate(), RevocationReason.SUPERSEDED);
        Crl revoking = by(namesake)
                .entry(leaf.certificate(), RevocationReason.SUPERSEDED)
                .crl();
        judge(List.of(ofRoot.crl(), by(issuing).crl(), revoking)).isAccepted();
    }

    @Test
    void newerListOfOneKeyTakesThePlaceOfTheOlder() {
        judge(
                        by(issuing)
                                .number(1)
                                .thisUpdate(TestPki.NOW.minus(Duration.ofDays(1)))
                                .entry(leaf.certificate(), RevocationReason.CERTIFICATE_HOLD),
                        by(issuing).number(2))
                .isAccepted();
    }

    @Test
    void listWithoutNumberCountsWhereItWasMadeLater() {
        CrlForge numbered = by(issuing).number(5).thisUpdate(TestPki.NOW.minus(Duration.ofDays(1)));
        CrlForge plain = by(issuing)
                .version(null)
                .without(Extension.cRLNumber)
                .entry(leaf.certificate().getSerialNumber());
        judge(numbered, plain).isRefusedFor(PathFailure.REVOKED, 0);
    }

    @Test
    void keptIssuesOfYearsAreNotTooMuch() {
        byte[] ofIssuer = Certificates.subjectKeyIdentifier(issuing.certificate());
        CrlForge[] issues = IntStream.range(1, 300)
                .mapToObj(i -> by(issuing)
                        .number(i)
                        .keyIdentifier(ofIssuer)
                        .thisUpdate(TestPki.NOW.minus(Duration.ofDays(301 - i))))
                .toArray(CrlForge[]::new);
        judge(issues).isAccepted();
    }

    private static CrlForge by(Forge signer) {
        return CrlForge.of(signer.certificate(), signer.key());
    }

    private PathAssert judge(CrlForge... lists) {
        return judge(Stream.concat(Stream.of(by(root)), Stream.of(lists))
                .map(CrlForge::crl)
                .toList());
    }

    private PathAssert judge(List<Crl> lists) {
        return validating(
                root,
                request(leaf, issuing, namesake)
                        .revocation(new Revocation.Required(CrlSet.unverified(lists), Duration.ZERO)));
    }
}
