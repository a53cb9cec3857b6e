package org.chancery.ca.lint.crl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chancery.ca.der.TestDer.bool;
import static org.chancery.ca.der.TestDer.commonName;
import static org.chancery.ca.der.TestDer.concat;
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

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.lint.Finding;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A sound CRL, and one fault at a time: each meets its own rule, and no rule is without a fault that it finds.
class CrlLintTest {
    private static final X509Certificate ISSUER = TestPki.create().issuing().certificate();
    private static final String REASON = "2.5.29.21";
    private static final String INVALIDITY_DATE = "2.5.29.24";
    private static final String NUMBER = "2.5.29.20";
    private static final String AUTHORITY_KEY = "2.5.29.35";
    private static final String DELTA = "2.5.29.27";
    private static final String DISTRIBUTION_POINT = "2.5.29.28";
    private static final String EXPIRED = "2.5.29.60";

    /// A TBSCertList written octet by octet, sound until a test changes a part.
    private static final class Forged {
        private byte[] version = integer(1);
        private byte[] signature = sequence(oid("1.2.840.10045.4.3.2"));
        private byte[] issuer = ISSUER.getSubjectX500Principal().getEncoded();
        private byte[] thisUpdate = text(Tlv.UTC_TIME, "261122100000Z");
        private byte[] nextUpdate = text(Tlv.UTC_TIME, "261129100000Z");
        private byte[] revoked =
                sequence(entry(7, "261121000000Z", REASON, enumerated(1)), sequence(integer(8), date("261121000000Z")));
        private byte[] more = {};
        private final Map<String, byte[]> extensions = new LinkedHashMap<>();

        private Forged() {
            with(AUTHORITY_KEY, false, sequence(tlv(0x80, Certificates.subjectKeyIdentifier(ISSUER))));
            with(NUMBER, false, integer(1));
        }

        private Forged with(String oid, boolean critical, byte[] value) {
            extensions.put(oid, extension(oid, critical, value));
            return this;
        }

        private void without(String oid) {
            extensions.remove(oid);
        }

        private Forged entries(byte[]... entries) {
            revoked = sequence(entries);
            return this;
        }

        private byte[] der() {
            byte[] all = concat(extensions.values().toArray(byte[][]::new));
            return sequence(
                    version, signature, issuer, thisUpdate, nextUpdate, revoked, explicit(0, sequence(all, more)));
        }
    }

    private record Fault(String name, Consumer<Forged> made, List<String> rules) {}

    private static final List<Fault> FAULTS = List.of(
            fault("version 1", crl -> crl.version = new byte[0], "CrlVersionIsTwo"),
            fault(
                    "signed over SHA-1",
                    crl -> crl.signature = sequence(oid("1.2.840.10045.4.1")),
                    "CrlSignatureAlgorithmIsStrong"),
            fault("no issuer", crl -> crl.issuer = name(), "CrlIssuerIsTheSigner"),
            fault("another issuer", crl -> crl.issuer = name(commonName("Other CA")), "CrlIssuerIsTheSigner"),
            fault(
                    "GeneralizedTime of 2026",
                    crl -> crl.nextUpdate = text(Tlv.GENERALIZED_TIME, "20261129100000Z"),
                    "CrlTimesAreEncodedByYear"),
            fault("no nextUpdate", crl -> crl.nextUpdate = new byte[0], "NextUpdateIsPresent"),
            fault("nextUpdate is thisUpdate", crl -> crl.nextUpdate = crl.thisUpdate, "NextUpdateFollowsThisUpdate"),
            fault(
                    "good for two years",
                    crl -> crl.nextUpdate = text(Tlv.UTC_TIME, "281129100000Z"),
                    "NextUpdateIsNear"),
            fault("of yesterday", crl -> crl.thisUpdate = text(Tlv.UTC_TIME, "261121100000Z"), "ThisUpdateIsNow"),
            fault("of tomorrow", crl -> crl.thisUpdate = text(Tlv.UTC_TIME, "261123100000Z"), "ThisUpdateIsNow"),
            fault("empty revokedCertificates", Forged::entries, "RevokedCertificatesAreNotEmpty"),
            fault(
                    "a certificate twice",
                    crl -> crl.entries(
                            sequence(integer(7), date("261121000000Z")), sequence(integer(7), date("261121000000Z"))),
                    "EntriesAreUnique"),
            fault(
                    "serial zero",
                    crl -> crl.entries(sequence(integer(0), date("261121000000Z"))),
                    "EntrySerialsArePositive"),
            fault(
                    "serial of 21 octets",
                    crl -> crl.entries(sequence(integer(BigInteger.ONE.shiftLeft(160)), date("261121000000Z"))),
                    "EntrySerialsArePositive"),
            fault(
                    "revocationDate as GeneralizedTime",
                    crl -> crl.entries(sequence(integer(7), text(Tlv.GENERALIZED_TIME, "20261121000000Z"))),
                    "RevocationDatesAreEncodedByYear"),
            fault(
                    "revoked tomorrow",
                    crl -> crl.entries(sequence(integer(7), date("261123000000Z"))),
                    "RevocationIsNotInTheFuture"),
            fault("unspecified", crl -> crl.entries(reason(0)), "ReasonCodeIsMeaningful"),
            fault("certificateHold", crl -> crl.entries(reason(6)), "ReasonCodeIsMeaningful"),
            fault("reason 7", crl -> crl.entries(reason(7)), "ReasonCodeIsMeaningful"),
            fault("removeFromCRL in a complete list", crl -> crl.entries(reason(8)), "ReasonCodeIsMeaningful"),
            fault(
                    "invalidityDate as UTCTime",
                    crl -> crl.entries(entry(7, "261121000000Z", INVALIDITY_DATE, date("261120000000Z"))),
                    "InvalidityDateIsGeneralized"),
            fault(
                    "critical reasonCode",
                    crl -> crl.entries(sequence(
                            integer(7), date("261121000000Z"), sequence(extension(REASON, true, enumerated(1))))),
                    "EntryExtensionsAreNotCritical"),
            fault("extension twice", crl -> crl.more = extension(NUMBER, false, integer(2)), "CrlExtensionsAreUnique"),
            fault(
                    "critical FALSE spelled out",
                    crl -> crl.more = sequence(oid("1.2.3.4"), bool(false), octets(none())),
                    "CrlExtensionsAreUnique"),
            fault(
                    "unknown critical extension",
                    crl -> crl.with("1.2.3.4", true, none()),
                    "CriticalCrlExtensionsAreKnown"),
            fault("critical CRLNumber", crl -> crl.with(NUMBER, true, integer(1)), "CriticalCrlExtensionsAreKnown"),
            fault(
                    "no authorityKeyIdentifier",
                    crl -> crl.without(AUTHORITY_KEY),
                    "CrlAuthorityKeyIdentifierIsTheIssuers"),
            fault(
                    "authorityKeyIdentifier of another",
                    crl -> crl.with(AUTHORITY_KEY, false, sequence(tlv(0x80, new byte[20]))),
                    "CrlAuthorityKeyIdentifierIsTheIssuers"),
            fault("no CRLNumber", crl -> crl.without(NUMBER), "CrlNumberIsPresent"),
            fault("negative CRLNumber", crl -> crl.with(NUMBER, false, integer(-1)), "CrlNumberIsPresent"),
            fault(
                    "CRLNumber of 21 octets",
                    crl -> crl.with(NUMBER, false, integer(BigInteger.ONE.shiftLeft(160))),
                    "CrlNumberIsPresent"),
            fault(
                    "issuingDistributionPoint not critical",
                    crl -> crl.with(DISTRIBUTION_POINT, false, sequence(tlv(0x81, new byte[] {-1}))),
                    "IssuingDistributionPointIsCritical"),
            fault(
                    "deltaCRLIndicator not critical",
                    crl -> crl.with(DELTA, false, integer(1)),
                    "DeltaCrlIndicatorIsCritical"),
            fault(
                    "expiredCertsOnCRL as UTCTime",
                    crl -> crl.with(EXPIRED, false, date("251122100000Z")),
                    "ExpiredCertsOnCrlIsGeneralized"),
            fault(
                    "expiredCertsOnCRL from tomorrow",
                    crl -> crl.with(EXPIRED, false, text(Tlv.GENERALIZED_TIME, "20261123100000Z")),
                    "ExpiredCertsOnCrlIsGeneralized"));

    @Test
    void passesWhatIsSound() {
        assertThat(findings(new Forged())).isEmpty();
        assertThat(CrlLint.ofForeign(new Forged().der())).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> findsEachFault() {
        return FAULTS.stream()
                .map(fault -> DynamicTest.dynamicTest(fault.name, () -> {
                    Forged crl = new Forged();
                    fault.made.accept(crl);
                    assertThat(findings(crl))
                            .extracting(Finding::rule)
                            .containsExactlyInAnyOrderElementsOf(fault.rules);
                }));
    }

    @Test
    void noRuleIsWithoutAFaultThatItFinds() {
        Set<String> found = new LinkedHashSet<>();
        FAULTS.forEach(fault -> found.add(fault.rules.getFirst()));

        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(CrlLint.RULES.stream()
                        .map(rule -> rule.getClass().getSimpleName())
                        .toList());
    }

    @Test
    void nothingButFindingsComesOfAnyOctetChanged() {
        byte[] der = new Forged().der();
        for (int i = 0; i < der.length; i++) {
            for (int change : new int[] {0x01, 0x80, 0xff}) {
                byte[] changed = der.clone();
                changed[i] ^= (byte) change;
                assertThat(CrlLint.ofForeign(changed)).isNotNull();
            }
        }
    }

    private static List<Finding> findings(Forged crl) {
        return CrlLint.beforeSigning(crl.der(), ISSUER, TestPki.NOW);
    }

    private static Fault fault(String name, Consumer<Forged> made, String... rules) {
        return new Fault(name, made, List.of(rules));
    }

    private static byte[] reason(int code) {
        return entry(7, "261121000000Z", REASON, enumerated(code));
    }

    private static byte[] entry(long serial, String date, String oid, byte[] value) {
        return sequence(integer(serial), date(date), sequence(extension(oid, false, value)));
    }

    private static byte[] date(String text) {
        return text(Tlv.UTC_TIME, text);
    }
}
