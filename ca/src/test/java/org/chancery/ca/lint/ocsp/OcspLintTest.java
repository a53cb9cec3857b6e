package org.chancery.ca.lint.ocsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chancery.ca.der.TestDer.enumerated;
import static org.chancery.ca.der.TestDer.explicit;
import static org.chancery.ca.der.TestDer.extension;
import static org.chancery.ca.der.TestDer.integer;
import static org.chancery.ca.der.TestDer.name;
import static org.chancery.ca.der.TestDer.none;
import static org.chancery.ca.der.TestDer.octets;
import static org.chancery.ca.der.TestDer.oid;
import static org.chancery.ca.der.TestDer.sequence;
import static org.chancery.ca.der.TestDer.text;
import static org.chancery.ca.der.TestDer.tlv;

import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.lint.Finding;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A sound answer, and one fault at a time: each meets its own rule, and no rule is without a fault that it finds.
class OcspLintTest {
    private static final TestPki PKI = TestPki.create();
    private static final X509Certificate ISSUER = PKI.issuing().certificate();
    private static final String NONCE = "1.3.6.1.5.5.7.48.1.2";
    private static final byte[] GOOD = tlv(0x80);

    /// A ResponseData written octet by octet, sound until a test changes a part.
    private static final class Forged {
        private byte[] version = {};
        private byte[] responderId = explicit(2, octets(new byte[20]));
        private byte[] producedAt = time("20261122100000Z");
        private byte[] certId = certId("2.16.840.1.101.3.4.2.1");
        private byte[] status = GOOD;
        private byte[] thisUpdate = time("20261122100000Z");
        private byte[] nextUpdate = explicit(0, time("20261122110000Z"));
        private byte[] second = {};
        private byte[] extensions = extension(NONCE, false, octets(new byte[32]));
        private boolean answers = true;
        private X509Certificate signer = ISSUER;

        private byte[] der() {
            byte[] single = answers ? single() : new byte[0];
            return sequence(
                    version, responderId, producedAt, sequence(single, second), explicit(1, sequence(extensions)));
        }

        private byte[] single() {
            return sequence(certId, status, thisUpdate, nextUpdate);
        }
    }

    private record Fault(String name, Consumer<Forged> made, List<String> rules) {}

    private static final List<Fault> FAULTS = List.of(
            fault("responder by name", r -> r.responderId = explicit(1, name()), "ResponderIsNamedByKey"),
            fault(
                    "key hash of 32 octets",
                    r -> r.responderId = explicit(2, octets(new byte[32])),
                    "ResponderIsNamedByKey"),
            fault("version spelled out", r -> r.version = explicit(0, integer(0)), "VersionIsLeftOut"),
            fault("no answer", r -> r.answers = false, "SomethingIsAnswered"),
            fault("an answer twice", r -> r.second = r.single(), "AnswersAreUnique"),
            fault("no nextUpdate", r -> r.nextUpdate = new byte[0], "AnswersExpire"),
            fault("nextUpdate is thisUpdate", r -> r.nextUpdate = explicit(0, r.thisUpdate), "AnswersExpire"),
            fault("good for a month", r -> r.nextUpdate = explicit(0, time("20261222100000Z")), "AnswersExpireSoon"),
            fault(
                    "thisUpdate after producedAt",
                    r -> r.thisUpdate = time("20261122100100Z"),
                    "AnswersAreNotFromTheFuture"),
            fault("produced tomorrow", r -> r.producedAt = time("20261123100000Z"), "AnswersAreNotFromTheFuture"),
            fault(
                    "nonce of 129 octets",
                    r -> r.extensions = extension(NONCE, false, octets(new byte[129])),
                    "NonceHasItsLength"),
            fault("empty nonce", r -> r.extensions = extension(NONCE, false, octets(new byte[0])), "NonceHasItsLength"),
            fault("CertID by SHA-1", r -> r.certId = certId("1.3.14.3.2.26"), "CertIdsAreSha256"),
            fault("revoked for certificateHold", r -> r.status = revoked("20261121100000Z", 6), "StatusIsMeaningful"),
            fault("revoked for unspecified", r -> r.status = revoked("20261121100000Z", 0), "StatusIsMeaningful"),
            fault("revoked tomorrow", r -> r.status = revoked("20261123100000Z", 1), "StatusIsMeaningful"),
            fault("status 3", r -> r.status = tlv(0x83), "StatusIsMeaningful"),
            fault(
                    "unknown critical extension",
                    r -> r.extensions = extension("1.2.3.4", true, none()),
                    "ResponseExtensionsAreUnique"),
            fault(
                    "signed by a person",
                    r -> r.signer = PKI.client("alice@lab.example").chain().leaf(),
                    "SignerIsAuthorised"),
            fault("signed by the root", r -> r.signer = PKI.root().certificate(), "SignerIsAuthorised"));

    @Test
    void passesWhatIsSound() {
        Forged revoked = new Forged();
        revoked.status = revoked("20261121100000Z", 1);

        assertThat(findings(new Forged())).isEmpty();
        assertThat(findings(revoked)).isEmpty();
        assertThat(OcspLint.ofForeign(new Forged().der())).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> findsEachFault() {
        return FAULTS.stream()
                .map(fault -> DynamicTest.dynamicTest(fault.name, () -> {
                    Forged response = new Forged();
                    fault.made.accept(response);
                    assertThat(findings(response))
                            .extracting(Finding::rule)
                            .containsExactlyInAnyOrderElementsOf(fault.rules);
                }));
    }

    @Test
    void noRuleIsWithoutAFaultThatItFinds() {
        Set<String> found = new LinkedHashSet<>();
        FAULTS.forEach(fault -> found.add(fault.rules.getFirst()));

        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(OcspLint.RULES.stream()
                        .map(rule -> rule.getClass().getSimpleName())
                        .toList());
    }

    private static List<Finding> findings(Forged response) {
        return OcspLint.beforeSigning(response.der(), response.signer, ISSUER, TestPki.NOW);
    }

    private static Fault fault(String name, Consumer<Forged> made, String... rules) {
        return new Fault(name, made, List.of(rules));
    }

    private static byte[] certId(String hash) {
        return sequence(sequence(oid(hash), none()), octets(new byte[32]), octets(new byte[32]), integer(7));
    }

    private static byte[] revoked(String at, int reason) {
        return explicit(1, time(at), explicit(0, enumerated(reason)));
    }

    private static byte[] time(String text) {
        return text(Tlv.GENERALIZED_TIME, text);
    }
}
