package org.chancery.ca.lint.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chancery.ca.der.TestDer.bool;
import static org.chancery.ca.der.TestDer.commonName;
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
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.lint.Finding;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Sound certificates of every profile, and one fault at a time: each meets its own rule, and no rule is without a
/// fault that it finds.
class CertificateLintTest {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String EMAIL = "1.3.6.1.5.5.7.3.4";
    private static final String OCSP = "1.3.6.1.5.5.7.3.9";

    /// A fault, and the rules that find it: the one it is for, then any that cannot be avoided.
    private record Fault(
            String name, Supplier<ForgedCertificate> sound, Consumer<ForgedCertificate> made, List<String> rules) {}

    private static final List<Fault> FAULTS = List.of(
            person("version 2", c -> c.version = explicit(0, integer(1)), "VersionIsThree"),
            person("version left out", c -> c.version = new byte[0], "VersionIsThree"),
            person("serial zero", c -> c.serial = integer(0), "SerialIsPositive", "SerialIsUnpredictable"),
            person(
                    "serial negative",
                    c -> c.serial = integer(BigInteger.ONE.shiftLeft(150).negate()),
                    "SerialIsPositive"),
            person(
                    "serial of 21 octets",
                    c -> c.serial = integer(BigInteger.ONE.shiftLeft(160)),
                    "SerialFitsTwentyOctets"),
            person("serial counted", c -> c.serial = integer(4711), "SerialIsUnpredictable"),
            person(
                    "signed over SHA-1",
                    c -> c.signature = sequence(oid("1.2.840.113549.1.1.5"), none()),
                    "SignatureAlgorithmIsStrong"),
            person(
                    "RSA signature without NULL",
                    c -> c.signature = sequence(oid("1.2.840.113549.1.1.11")),
                    "SignatureAlgorithmIsStrong"),
            person(
                    "ECDSA signature with NULL",
                    c -> c.signature = sequence(oid("1.2.840.10045.4.3.2"), none()),
                    "SignatureAlgorithmIsStrong"),
            person("another issuer", c -> c.issuer = name(commonName("Other Issuing CA")), "IssuerIsTheSigner"),
            person("no issuer", c -> c.issuer = name(), "IssuerIsTheSigner"),
            person(
                    "GeneralizedTime of 2027",
                    c -> c.notAfter = text(Tlv.GENERALIZED_TIME, "20271122095500Z"),
                    "ValidityIsEncodedByYear"),
            person(
                    "time without seconds",
                    c -> c.notBefore = text(Tlv.UTC_TIME, "2611220955Z"),
                    "ValidityIsEncodedByYear",
                    "ValidityRunsForward",
                    "ValidityLiesWithinTheIssuers",
                    "NotBeforeIsNearSigning",
                    "RelaysAreRenewedYearly"),
            person(
                    "ends before it begins",
                    c -> c.notAfter = text(Tlv.UTC_TIME, "261122095459Z"),
                    "ValidityRunsForward"),
            person(
                    "outlives its issuer",
                    c -> c.notAfter = text(Tlv.UTC_TIME, "320101000000Z"),
                    "ValidityLiesWithinTheIssuers"),
            person(
                    "back-dated three days",
                    c -> c.notBefore = text(Tlv.UTC_TIME, "261119095500Z"),
                    "NotBeforeIsNearSigning"),
            person(
                    "put off three days",
                    c -> c.notBefore = text(Tlv.UTC_TIME, "261125095500Z"),
                    "NotBeforeIsNearSigning"),
            relay(
                    "valid for three years",
                    c -> c.notAfter = text(Tlv.UTC_TIME, "291122095500Z"),
                    "RelaysAreRenewedYearly"),
            relay(
                    "nobody named",
                    c -> {
                        c.subject = name();
                        c.without(Extensions.SUBJECT_ALTERNATIVE_NAME);
                    },
                    "SomebodyIsNamed",
                    "NamesStandInTheAlternativeName",
                    "PurposesHaveTheirNames"),
            issuing("CA without subject", c -> c.subject = name(), "SomebodyIsNamed"),
            person(
                    "TeletexString in the subject",
                    c -> c.subject = name(sequence(oid("2.5.4.3"), text(0x14, "alice@lab.example"))),
                    "SubjectIsDirectoryString"),
            person("empty commonName", c -> c.subject = name(commonName("")), "SubjectIsDirectoryString"),
            person(
                    "commonName of 65 characters",
                    c -> c.subject = name(commonName("a b".repeat(22))),
                    "CommonNameFits"),
            person(
                    "two commonNames",
                    c -> c.subject = name(commonName("alice@lab.example"), commonName("bob@lab.example")),
                    "CommonNameFits"),
            person("commonName Alice", c -> c.subject = name(commonName("Alice")), "CommonNameIsNoForeignHost"),
            person(
                    "commonName alice.smith",
                    c -> c.subject = name(commonName("alice.smith")),
                    "CommonNameIsNoForeignHost"),
            relay(
                    "commonName of another host",
                    c -> c.subject = name(commonName("x.lab.example")),
                    "CommonNameIsNoForeignHost"),
            relay(
                    "commonName with wildcard",
                    c -> c.subject = name(commonName("*.lab.example")),
                    "CommonNameIsNoForeignHost"),
            person(
                    "subjectUniqueID",
                    c -> c.uniqueIdentifiers = tlv(0x82, new byte[] {0, 1}),
                    "UniqueIdentifiersAreAbsent"),
            person("point off its curve", c -> c.publicKey[c.publicKey.length - 1] ^= 1, "KeyIsAccepted"),
            person(
                    "curve spelled out",
                    c -> c.publicKey = sequence(
                            sequence(oid("1.2.840.10045.2.1"), sequence(integer(1))),
                            tlv(Tlv.BIT_STRING, new byte[] {0, 4})),
                    "CurveIsNamed",
                    "KeyIsAccepted"),
            person(
                    "extension twice",
                    c -> c.append(extension(Extensions.SUBJECT_KEY_IDENTIFIER, false, octets(new byte[20]))),
                    "ExtensionsAreUnique"),
            person(
                    "critical FALSE spelled out",
                    c -> c.append(sequence(oid("1.2.3.4"), bool(false), octets(none()))),
                    "DefaultsAreLeftOut"),
            person(
                    "CA:FALSE spelled out",
                    c -> c.with(Extensions.BASIC_CONSTRAINTS, true, sequence(bool(false))),
                    "DefaultsAreLeftOut"),
            person("unknown critical extension", c -> c.with("1.2.3.4", true, none()), "CriticalExtensionsAreKnown"),
            person(
                    "critical subjectKeyIdentifier",
                    c -> c.with(Extensions.SUBJECT_KEY_IDENTIFIER, true, octets(new byte[20])),
                    "CriticalExtensionsAreKnown"),
            person(
                    "no authorityKeyIdentifier",
                    c -> c.without(Extensions.AUTHORITY_KEY_IDENTIFIER),
                    "AuthorityKeyIdentifierIsTheIssuers"),
            person(
                    "authorityKeyIdentifier of another key",
                    c -> c.with(Extensions.AUTHORITY_KEY_IDENTIFIER, false, sequence(tlv(0x80, new byte[20]))),
                    "AuthorityKeyIdentifierIsTheIssuers"),
            person(
                    "authorityKeyIdentifier without keyIdentifier",
                    c -> c.with(Extensions.AUTHORITY_KEY_IDENTIFIER, false, sequence()),
                    "AuthorityKeyIdentifierIsTheIssuers"),
            person(
                    "no subjectKeyIdentifier",
                    c -> c.without(Extensions.SUBJECT_KEY_IDENTIFIER),
                    "SubjectKeyIdentifierIsPresent"),
            person(
                    "no keyUsage",
                    c -> c.without(Extensions.KEY_USAGE),
                    "KeyUsageIsPresentAndCritical",
                    "EverybodyElseSigns"),
            person(
                    "keyUsage not critical",
                    c -> c.with(Extensions.KEY_USAGE, false, tlv(Tlv.BIT_STRING, new byte[] {7, -128})),
                    "KeyUsageIsPresentAndCritical"),
            person("keyUsage without a bit", c -> c.usage(0), "KeyUsageIsPresentAndCritical", "EverybodyElseSigns"),
            person("keyEncipherment of an EC key", c -> c.usage(5, 0xa0), "KeyUsageMatchesTheKey"),
            rsa("keyAgreement of an RSA key", c -> c.usage(3, 0x88), "KeyUsageMatchesTheKey"),
            person("keyCertSign without CA", c -> c.usage(2, 0x84), "OnlyAuthoritiesCertify"),
            person("cRLSign without CA", c -> c.usage(1, 0x82), "OnlyAuthoritiesCertify"),
            issuing("CA without keyCertSign", c -> c.usage(1, 0x02), "AuthoritiesCertify"),
            rsa("keyEncipherment alone", c -> c.usage(5, 0x20), "EverybodyElseSigns"),
            person(
                    "no basicConstraints",
                    c -> c.without(Extensions.BASIC_CONSTRAINTS),
                    "BasicConstraintsArePresentAndCritical"),
            issuing(
                    "basicConstraints not critical",
                    c -> c.with(Extensions.BASIC_CONSTRAINTS, false, sequence(bool(true), integer(0))),
                    "BasicConstraintsArePresentAndCritical"),
            person(
                    "pathLenConstraint without CA",
                    c -> c.with(Extensions.BASIC_CONSTRAINTS, true, sequence(integer(0))),
                    "PathLengthIsAnAuthoritys"),
            issuing(
                    "pathLenConstraint of the issuer's own",
                    c -> c.with(Extensions.BASIC_CONSTRAINTS, true, sequence(bool(true), integer(1))),
                    "PathLengthLiesBelowTheIssuers"),
            issuing(
                    "no pathLenConstraint below one",
                    c -> c.with(Extensions.BASIC_CONSTRAINTS, true, sequence(bool(true))),
                    "PathLengthLiesBelowTheIssuers"),
            person(
                    "no subjectAlternativeName",
                    c -> c.without(Extensions.SUBJECT_ALTERNATIVE_NAME).purposes(CLIENT_AUTH),
                    "NamesStandInTheAlternativeName"),
            person(
                    "critical names beside a subject",
                    c -> c.with(Extensions.SUBJECT_ALTERNATIVE_NAME, true, sequence(text(0x81, "alice@lab.example"))),
                    "AlternativeNameIsCriticalWithoutSubject"),
            relay(
                    "names not critical without subject",
                    c -> c.subject = name(),
                    "AlternativeNameIsCriticalWithoutSubject"),
            relay(
                    "a name twice",
                    c -> c.names(text(0x82, "chat.lab.example"), text(0x82, "chat.lab.example")),
                    "NamesAreUnique"),
            person(
                    "two addresses",
                    c -> c.names(text(0x81, "alice@lab.example"), text(0x81, "bob@lab.example")),
                    "OneAddressAtMost"),
            person("address not canonical", c -> c.names(text(0x81, "Alice@lab.example")), "NamesAreWellFormed"),
            relay(
                    "wildcard",
                    c -> c.names(text(0x82, "chat.lab.example"), text(0x82, "*.lab.example")),
                    "NamesAreWellFormed"),
            relay(
                    "host in capitals",
                    c -> c.names(text(0x82, "chat.lab.example"), text(0x82, "CHAT.lab.example")),
                    "NamesAreWellFormed"),
            relay(
                    "IP address of 5 octets",
                    c -> c.names(text(0x82, "chat.lab.example"), tlv(0x87, new byte[5])),
                    "NamesAreWellFormed"),
            person("no extendedKeyUsage", c -> c.without(Extensions.EXTENDED_KEY_USAGE), "ExtendedKeyUsageIsPresent"),
            person("anyExtendedKeyUsage", c -> c.purposes("2.5.29.37.0"), "PurposesDoNotMix"),
            relay("server and client", c -> c.purposes(SERVER_AUTH, CLIENT_AUTH), "PurposesDoNotMix"),
            ocsp("OCSPSigning and clientAuth", c -> c.purposes(OCSP, CLIENT_AUTH), "PurposesDoNotMix"),
            person("server with an address", c -> c.purposes(SERVER_AUTH), "PurposesHaveTheirNames"),
            relay("mail for a host", c -> c.purposes(EMAIL), "PurposesHaveTheirNames"),
            issuing("CA with a purpose", c -> c.purposes(CLIENT_AUTH), "AuthoritiesHaveNoPurposes"),
            issuing(
                    "nameConstraints not critical",
                    c -> c.with(
                            Extensions.NAME_CONSTRAINTS,
                            false,
                            sequence(explicit(0, sequence(text(0x82, "lab.example"))))),
                    "NameConstraintsAreAnAuthoritysAndCritical"),
            person(
                    "nameConstraints without CA",
                    c -> c.with(
                            Extensions.NAME_CONSTRAINTS,
                            true,
                            sequence(explicit(0, sequence(text(0x82, "lab.example"))))),
                    "NameConstraintsAreAnAuthoritysAndCritical"),
            issuing(
                    "nameConstraints without subtree",
                    c -> c.with(Extensions.NAME_CONSTRAINTS, true, sequence()),
                    "NameConstraintsSaySomething"),
            issuing(
                    "IP range with bits behind its mask",
                    c -> c.with(Extensions.NAME_CONSTRAINTS, true, sequence(explicit(0, sequence(tlv(0x87, new byte[] {
                        127, 0, 0, 1, -1, 0, 0, 0
                    }))))),
                    "NameConstraintsSaySomething"),
            person(
                    "CDP by https",
                    c -> c.with(Extensions.CRL_DISTRIBUTION_POINTS, false, cdp("https://pki.lab.example/issuing.crl")),
                    "CrlDistributionPointIsHttp"),
            person(
                    "CDP by ldap",
                    c -> c.with(Extensions.CRL_DISTRIBUTION_POINTS, false, cdp("ldap://pki.lab.example/cn=crl")),
                    "CrlDistributionPointIsHttp"),
            person(
                    "AIA by https",
                    c -> c.with(Extensions.AUTHORITY_INFORMATION_ACCESS, false, aia("https://pki.lab.example/ca.cer")),
                    "AuthorityInformationAccessIsHttp"),
            ocsp("OCSPSigning without nocheck", c -> c.without(Extensions.OCSP_NO_CHECK), "OcspSignersSayNoCheck"),
            person(
                    "nocheck without OCSPSigning",
                    c -> c.with(Extensions.OCSP_NO_CHECK, false, none()),
                    "OcspSignersSayNoCheck"),
            person(
                    "noRevAvail beside a CDP",
                    c -> c.with(ForgedCertificate.NO_REV_AVAIL, false, none())
                            .with(Extensions.CRL_DISTRIBUTION_POINTS, false, cdp("http://pki.lab.example/issuing.crl")),
                    "NoRevAvailStandsAlone"),
            person(
                    "a policy twice",
                    c -> c.with(
                            ForgedCertificate.POLICIES,
                            false,
                            sequence(sequence(oid("2.5.29.32.0")), sequence(oid("2.5.29.32.0")))),
                    "PoliciesAreUnique"));

    static Stream<ForgedCertificate> sound() {
        ForgedCertificate complete = ForgedCertificate.person()
                .with(Extensions.CRL_DISTRIBUTION_POINTS, false, cdp("http://pki.lab.example/crl/issuing.crl"))
                .with(Extensions.AUTHORITY_INFORMATION_ACCESS, false, aia("http://pki.lab.example/ca/issuing.cer"));
        ForgedCertificate nameless = ForgedCertificate.relay();
        nameless.subject = name();
        nameless.with(Extensions.SUBJECT_ALTERNATIVE_NAME, true, sequence(tlv(0x87, new byte[] {127, 0, 0, 1})));
        return Stream.of(
                ForgedCertificate.person(),
                ForgedCertificate.rsaPerson(),
                ForgedCertificate.relay(),
                ForgedCertificate.ocspSigner(),
                ForgedCertificate.issuing(),
                complete,
                nameless);
    }

    @ParameterizedTest
    @MethodSource("sound")
    void passesWhatIsSound(ForgedCertificate certificate) {
        assertThat(findings(certificate)).isEmpty();
        assertThat(CertificateLint.ofForeign(certificate.der())).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> findsEachFault() {
        return FAULTS.stream()
                .map(fault -> DynamicTest.dynamicTest(fault.name, () -> {
                    ForgedCertificate certificate = fault.sound.get();
                    fault.made.accept(certificate);
                    assertThat(findings(certificate))
                            .extracting(Finding::rule)
                            .containsExactlyInAnyOrderElementsOf(fault.rules);
                }));
    }

    @Test
    void noRuleIsWithoutAFaultThatItFinds() {
        Set<String> found = new LinkedHashSet<>();
        FAULTS.forEach(fault -> found.add(fault.rules.getFirst()));

        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(CertificateLint.RULES.stream()
                        .map(rule -> rule.getClass().getSimpleName())
                        .toList());
    }

    @Test
    void everyRuleSaysWhereItIsWritten() {
        assertThat(CertificateLint.RULES)
                .allSatisfy(rule -> assertThat(rule.citation()).matches("(RFC|BR|X\\.)[ 0-9].*"));
    }

    @Test
    void whatCannotBeReadIsAnError() {
        byte[] der = ForgedCertificate.person().der();

        assertThat(CertificateLint.ofForeign(Arrays.copyOf(der, der.length - 1)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.isError()).isTrue());
    }

    /// Whatever octet is changed, there are findings or none, and never an exception.
    @Test
    void nothingButFindingsComesOfAnyOctetChanged() {
        for (Supplier<ForgedCertificate> sound :
                List.<Supplier<ForgedCertificate>>of(ForgedCertificate::person, ForgedCertificate::issuing)) {
            byte[] der = sound.get().der();
            for (int i = 0; i < der.length; i++) {
                for (int change : new int[] {0x01, 0x80, 0xff}) {
                    byte[] changed = der.clone();
                    changed[i] ^= (byte) change;
                    assertThat(CertificateLint.ofForeign(changed)).isNotNull();
                }
            }
        }
    }

    private static List<Finding> findings(ForgedCertificate certificate) {
        return CertificateLint.beforeSigning(certificate.der(), certificate.signer(), TestPki.NOW);
    }

    private static byte[] cdp(String url) {
        return sequence(sequence(explicit(0, explicit(0, text(0x86, url)))));
    }

    private static byte[] aia(String url) {
        return sequence(sequence(oid("1.3.6.1.5.5.7.48.2"), text(0x86, url)));
    }

    private static Fault person(String name, Consumer<ForgedCertificate> made, String... rules) {
        return new Fault(name, ForgedCertificate::person, made, List.of(rules));
    }

    private static Fault rsa(String name, Consumer<ForgedCertificate> made, String... rules) {
        return new Fault(name, ForgedCertificate::rsaPerson, made, List.of(rules));
    }

    private static Fault relay(String name, Consumer<ForgedCertificate> made, String... rules) {
        return new Fault(name, ForgedCertificate::relay, made, List.of(rules));
    }

    private static Fault ocsp(String name, Consumer<ForgedCertificate> made, String... rules) {
        return new Fault(name, ForgedCertificate::ocspSigner, made, List.of(rules));
    }

    private static Fault issuing(String name, Consumer<ForgedCertificate> made, String... rules) {
        return new Fault(name, ForgedCertificate::issuing, made, List.of(rules));
    }
}
