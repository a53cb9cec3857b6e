package org.chancery.pki.path.suite;

import static org.chancery.pki.path.PathFailure.KEY_USAGE;
import static org.chancery.pki.path.PathFailure.MALFORMED;
import static org.chancery.pki.path.PathFailure.NOT_A_CA;
import static org.chancery.pki.path.PathFailure.PURPOSE_NOT_ALLOWED;
import static org.chancery.pki.path.PathFailure.UNKNOWN_CRITICAL_EXTENSION;
import static org.chancery.pki.path.suite.Rule.accepts;
import static org.chancery.pki.path.suite.Rule.issuing;
import static org.chancery.pki.path.suite.Rule.leaf;
import static org.chancery.pki.path.suite.Rule.refuses;
import static org.chancery.pki.path.suite.Rule.root;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.chancery.pki.certificate.Extension;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// RFC 5280 section 4.2: what each extension must and must not be.
class CertificateExtensionsTest {
    private static final String POLICY = "2.25.100";

    /// A restriction that cannot be read is not taken for none, whether or not it is critical.
    @TestFactory
    Stream<DynamicTest> unreadable() {
        return Stream.of(
                        Ext.SUBJECT_KEY_IDENTIFIER,
                        Ext.KEY_USAGE,
                        Ext.SUBJECT_ALTERNATIVE_NAME,
                        Ext.BASIC_CONSTRAINTS,
                        Ext.NAME_CONSTRAINTS,
                        Ext.CRL_DISTRIBUTION_POINTS,
                        Ext.CERTIFICATE_POLICIES,
                        Ext.POLICY_MAPPINGS,
                        Ext.AUTHORITY_KEY_IDENTIFIER,
                        Ext.POLICY_CONSTRAINTS,
                        Ext.EXTENDED_KEY_USAGE,
                        Ext.AUTHORITY_INFORMATION_ACCESS)
                .flatMap(oid -> Rule.test(
                        refuses("4.2", "a garbled " + oid, MALFORMED, issuing(c -> c.with(Ext.garbled(oid, false)))),
                        refuses(
                                "4.2",
                                "a garbled " + oid + " of a leaf",
                                MALFORMED,
                                leaf(c -> c.with(Ext.garbled(oid, false))))));
    }

    /// X.690 section 10.2: one value has one encoding, in one piece.
    @TestFactory
    Stream<DynamicTest> valuesInPieces() {
        ASN1Encodable address =
                new DERTaggedObject(false, 7, Ext.sequence(new DEROctetString(new byte[] {10, 0, 0, 1})));
        ASN1Encodable identifier = new DERTaggedObject(false, 0, Ext.sequence(new DEROctetString(new byte[] {1, 2})));
        ASN1Encodable block = new DERTaggedObject(false, 7, Ext.sequence(new DEROctetString(new byte[8])));
        ASN1Encodable point = Ext.sequence(new DERTaggedObject(false, 15, DERNull.INSTANCE));
        return Rule.test(
                refuses("4.1", "an address in pieces", MALFORMED, leaf(c -> c.with(Ext.names(address)))),
                refuses(
                        "4.1",
                        "a key identifier in pieces",
                        MALFORMED,
                        leaf(c -> c.with(Ext.of(Ext.AUTHORITY_KEY_IDENTIFIER, false, Ext.sequence(identifier))))),
                refuses("4.1", "a range in pieces", MALFORMED, issuing(c -> c.with(Ext.permitted(block)))),
                refuses(
                        "4.2.1.13",
                        "a distribution point with a part it does not have",
                        MALFORMED,
                        leaf(c -> c.with(Ext.of(Ext.CRL_DISTRIBUTION_POINTS, false, Ext.sequence(point))))));
    }

    @TestFactory
    Stream<DynamicTest> criticality() {
        Extension unknown = Ext.of("2.25.1", false, DERNull.INSTANCE);
        return Rule.test(
                accepts("4.2", "an unknown extension that is not critical", leaf(c -> c.with(unknown))),
                refuses(
                        "4.2",
                        "an unknown critical extension of the leaf",
                        UNKNOWN_CRITICAL_EXTENSION,
                        leaf(c -> c.with(Ext.critical(unknown)))),
                refuses(
                        "4.2",
                        "an unknown critical extension of an authority",
                        UNKNOWN_CRITICAL_EXTENSION,
                        issuing(c -> c.with(Ext.critical(unknown)))),
                refuses(
                        "4.2",
                        "an unknown critical extension of the trust anchor",
                        UNKNOWN_CRITICAL_EXTENSION,
                        root(c -> c.with(Ext.critical(unknown)))));
    }

    @TestFactory
    Stream<DynamicTest> keyIdentifiers() {
        byte[] wrong = {1, 2, 3};
        Extension other = Ext.of(
                Ext.AUTHORITY_KEY_IDENTIFIER,
                false,
                Ext.sequence(new DERTaggedObject(false, 0, new DEROctetString(wrong))));
        return Rule.test(
                refuses("4.2.1.1", "a critical authorityKeyIdentifier", MALFORMED, () -> {
                    Chain chain = Chain.standard();
                    return chain.leaf(c -> c.with(Ext.critical(
                            Ext.authorityKeyIdentifier(chain.issuing().key()))));
                }),
                accepts("4.2.1.1", "a key identifier that misleads is a hint, not a rule", leaf(c -> c.with(other))),
                refuses(
                        "4.2.1.1",
                        "an issuer's serial number without its name",
                        MALFORMED,
                        leaf(c -> c.with(Ext.of(
                                Ext.AUTHORITY_KEY_IDENTIFIER,
                                false,
                                Ext.sequence(new DERTaggedObject(false, 2, new ASN1Integer(1))))))),
                refuses(
                        "4.2.1.2",
                        "a critical subjectKeyIdentifier",
                        MALFORMED,
                        issuing(c -> c.with(Ext.critical(Ext.subjectKeyIdentifier(c.key()))))),
                accepts(
                        "4.2.1.1",
                        "a self-signed root without authorityKeyIdentifier",
                        root(c -> c.without(Ext.AUTHORITY_KEY_IDENTIFIER))));
    }

    @TestFactory
    Stream<DynamicTest> keyUsage() {
        return Rule.test(
                refuses("4.2.1.3", "a key usage without a bit", MALFORMED, leaf(c -> c.with(Ext.keyUsage()))),
                refuses(
                        "4.2.1.3",
                        "a leaf that may sign certificates",
                        MALFORMED,
                        leaf(c -> c.with(Ext.keyUsage(0, Ext.KEY_CERT_SIGN)))),
                refuses(
                        "4.2.1.3",
                        "a leaf that may not sign, for TLS",
                        KEY_USAGE,
                        leaf(c -> c.with(Ext.keyUsage(Ext.KEY_ENCIPHERMENT)))),
                accepts(
                        "4.2.1.3",
                        "a leaf that may not sign, for any purpose",
                        () -> Chain.standard()
                                .leaf(c -> c.with(Ext.keyUsage(Ext.KEY_ENCIPHERMENT)))
                                .forAnyPurpose()),
                accepts("4.2.1.3", "a leaf without key usage may do anything", leaf(c -> c.without(Ext.KEY_USAGE))),
                refuses(
                        "6.1.4 (n)",
                        "an authority that may not sign certificates",
                        KEY_USAGE,
                        issuing(c -> c.with(Ext.keyUsage(Ext.CRL_SIGN)))),
                refuses(
                        "6.1.4 (n)",
                        "an authority whose uncritical key usage leaves it out",
                        KEY_USAGE,
                        issuing(c -> c.with(Ext.notCritical(Ext.keyUsage(Ext.DIGITAL_SIGNATURE))))),
                refuses(
                        "6.1.4 (n)",
                        "a trust anchor that may not sign certificates",
                        KEY_USAGE,
                        root(c -> c.with(Ext.keyUsage(Ext.CRL_SIGN)))),
                accepts(
                        "4.2.1.3",
                        "an uncritical key usage",
                        issuing(c -> c.with(Ext.notCritical(Ext.keyUsage(Ext.KEY_CERT_SIGN))))),
                refuses(
                        "4.2.1.3",
                        "unused bits that are set",
                        MALFORMED,
                        leaf(c -> c.with(new Extension(Ext.KEY_USAGE, true, new byte[] {3, 2, 7, (byte) 0x81})))));
    }

    @TestFactory
    Stream<DynamicTest> basicConstraints() {
        return Rule.test(
                refuses(
                        "6.1.4 (k)",
                        "an authority without basicConstraints",
                        NOT_A_CA,
                        issuing(c -> c.without(Ext.BASIC_CONSTRAINTS))),
                refuses(
                        "6.1.4 (k)",
                        "an authority whose cA is false",
                        NOT_A_CA,
                        issuing(c -> c.with(Ext.basicConstraints()).without(Ext.KEY_USAGE))),
                refuses(
                        "4.2.1.9",
                        "a trust anchor that says it is no authority",
                        NOT_A_CA,
                        root(c -> c.with(Ext.basicConstraints()).without(Ext.KEY_USAGE))),
                accepts(
                        "4.2.1.9",
                        "uncritical basicConstraints",
                        issuing(c -> c.with(Ext.notCritical(Ext.authority())))),
                accepts("4.2.1.9", "a leaf without basicConstraints", leaf(c -> c.without(Ext.BASIC_CONSTRAINTS))),
                refuses(
                        "4.2.1.9",
                        "a pathLenConstraint of who is no authority",
                        MALFORMED,
                        leaf(c -> c.with(Ext.of(Ext.BASIC_CONSTRAINTS, true, Ext.sequence(new ASN1Integer(0)))))),
                refuses("4.2.1.9", "a negative pathLenConstraint", MALFORMED, issuing(c -> c.with(Ext.authority(-1)))),
                refuses(
                        "4.2.1.9",
                        "a third element",
                        MALFORMED,
                        issuing(c -> c.with(Ext.of(
                                Ext.BASIC_CONSTRAINTS,
                                true,
                                Ext.sequence(ASN1Boolean.TRUE, new ASN1Integer(0), new ASN1Integer(0)))))),
                refuses(
                        "4.2.1.9",
                        "a BOOLEAN that is not DER",
                        MALFORMED,
                        issuing(c ->
                                c.with(new Extension(Ext.BASIC_CONSTRAINTS, true, new byte[] {0x30, 3, 1, 1, 1})))),
                refuses(
                        "4.2.1.9",
                        "a pathLenConstraint beyond any number",
                        MALFORMED,
                        issuing(c -> c.with(Ext.of(
                                Ext.BASIC_CONSTRAINTS,
                                true,
                                Ext.sequence(ASN1Boolean.TRUE, new ASN1Integer(BigInteger.ONE.shiftLeft(70))))))));
    }

    @TestFactory
    Stream<DynamicTest> alternativeNames() {
        return Rule.test(
                refuses("4.2.1.6", "a subjectAltName without a name", MALFORMED, leaf(c -> c.with(Ext.names()))),
                refuses(
                        "4.2.1.6",
                        "an iPAddress of five octets",
                        MALFORMED,
                        leaf(c -> c.with(Ext.names(Ext.ip((byte) 10, (byte) 0, (byte) 0, (byte) 0, (byte) 1))))),
                refuses("4.2.1.6", "an empty iPAddress", MALFORMED, leaf(c -> c.with(Ext.names(Ext.ip())))),
                refuses("4.2.1.6", "a dNSName of a blank", MALFORMED, leaf(c -> c.with(Ext.names(Ext.dns(" "))))),
                refuses("4.2.1.6", "an empty dNSName", MALFORMED, leaf(c -> c.with(Ext.names(Ext.dns(""))))),
                refuses(
                        "4.2.1.6",
                        "a dNSName that is not ASCII",
                        MALFORMED,
                        leaf(c -> c.with(Ext.names(new DERTaggedObject(
                                false, 2, new DEROctetString(new byte[] {(byte) 0xe9, '.', 'e'})))))),
                refuses(
                        "4.2.1.6",
                        "an rfc822Name with a NUL",
                        MALFORMED,
                        leaf(c -> c.with(Ext.names(Ext.email("alice@lab.example\0.evil.example"))))),
                refuses(
                        "4.2.1.6",
                        "a name of an unknown kind",
                        MALFORMED,
                        leaf(c -> c.with(Ext.names(new DERTaggedObject(false, 9, new DERIA5String("x")))))),
                accepts(
                        "4.2.1.6",
                        "a leaf without subjectAltName, where no name is asked",
                        leaf(c -> c.without(Ext.SUBJECT_ALTERNATIVE_NAME))),
                accepts(
                        "4.2.1.6",
                        "a critical subjectAltName beside a subject",
                        leaf(c -> c.with(Ext.critical(Ext.names(Ext.email("alice@lab.example")))))),
                accepts(
                        "4.2.1.7",
                        "an issuerAltName",
                        leaf(c -> c.with(
                                Ext.of(Ext.ISSUER_ALTERNATIVE_NAME, false, Ext.sequence(Ext.dns("lab.example")))))));
    }

    @TestFactory
    Stream<DynamicTest> nameConstraints() {
        return Rule.test(
                refuses(
                        "4.2.1.10",
                        "name constraints that constrain nothing",
                        MALFORMED,
                        issuing(c -> c.with(Ext.nameConstraints(List.of(), List.of())))),
                refuses(
                        "4.2.1.10",
                        "permitted subtrees without one",
                        MALFORMED,
                        issuing(c -> c.with(Ext.of(
                                Ext.NAME_CONSTRAINTS,
                                true,
                                Ext.sequence(new DERTaggedObject(false, 0, Ext.sequence())))))),
                refuses(
                        "4.2.1.10",
                        "name constraints of a leaf",
                        MALFORMED,
                        leaf(c -> c.with(Ext.permitted(Ext.dns("lab.example"))))),
                refuses(
                        "4.2.1.10",
                        "a minimum other than zero",
                        MALFORMED,
                        issuing(c -> c.with(subtree(Ext.number(0, 1))))),
                refuses("4.2.1.10", "a maximum", MALFORMED, issuing(c -> c.with(subtree(Ext.number(1, 9))))),
                refuses(
                        "4.2.1.10",
                        "an address without a mask",
                        MALFORMED,
                        issuing(c -> c.with(Ext.permitted(Ext.ip("10.0.0.0"), Ext.dns("lab.example"))))),
                refuses(
                        "4.2.1.10",
                        "a mask with holes",
                        MALFORMED,
                        issuing(c -> c.with(Ext.excluded(Ext.range("10.0.0.0", "255.0.255.0"))))));
    }

    private static Extension subtree(ASN1Encodable bound) {
        return Ext.of(
                Ext.NAME_CONSTRAINTS,
                true,
                Ext.sequence(new DERTaggedObject(false, 0, Ext.sequence(Ext.sequence(Ext.dns("lab.example"), bound)))));
    }

    @TestFactory
    Stream<DynamicTest> policies() {
        ASN1Encodable unknown = Ext.sequence(new ASN1ObjectIdentifier("2.25.7"), DERNull.INSTANCE);
        ASN1Encodable statement = Ext.sequence(
                new ASN1ObjectIdentifier("1.3.6.1.5.5.7.2.1"), new DERIA5String("https://lab.example/practices"));
        ASN1Encodable notice =
                Ext.sequence(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.2.2"), Ext.sequence(new DERUTF8String("As is.")));
        return Rule.test(
                accepts("4.2.1.4", "a policy, critical", leaf(c -> c.with(Ext.critical(Ext.policies(POLICY))))),
                refuses("4.2.1.4", "no policy at all", MALFORMED, leaf(c -> c.with(Ext.policies()))),
                refuses("4.2.1.4", "a policy twice", MALFORMED, leaf(c -> c.with(Ext.policies(POLICY, POLICY)))),
                accepts(
                        "4.2.1.4",
                        "an unknown qualifier of an uncritical policy",
                        leaf(c -> c.with(qualified(false, unknown)))),
                refuses(
                        "4.2.1.4",
                        "an unknown qualifier of a critical policy",
                        UNKNOWN_CRITICAL_EXTENSION,
                        leaf(c -> c.with(qualified(true, unknown)))),
                refuses(
                        "4.2.1.4",
                        "an unknown qualifier of an authority's critical policy",
                        UNKNOWN_CRITICAL_EXTENSION,
                        issuing(c -> c.with(qualified(true, statement, unknown)))),
                accepts(
                        "4.2.1.4",
                        "the two known qualifiers of a critical policy",
                        leaf(c -> c.with(qualified(true, statement, notice)))),
                refuses(
                        "4.2.1.4",
                        "a qualifier that says nothing",
                        MALFORMED,
                        leaf(c -> c.with(qualified(false, Ext.sequence(new ASN1ObjectIdentifier("2.25.7")))))),
                refuses("4.2.1.5", "no mapping at all", MALFORMED, issuing(c -> c.with(Ext.mappings()))),
                refuses(
                        "4.2.1.11",
                        "policy constraints that constrain nothing",
                        MALFORMED,
                        issuing(c -> c.with(Ext.of(Ext.POLICY_CONSTRAINTS, true, Ext.sequence())))),
                refuses(
                        "4.2.1.11",
                        "a negative requireExplicitPolicy",
                        MALFORMED,
                        issuing(c -> c.with(Ext.requireExplicitPolicy(-1)))),
                accepts(
                        "4.2.1.11",
                        "uncritical policy constraints, as NIST has them",
                        issuing(c -> c.with(Ext.notCritical(Ext.inhibitPolicyMapping(0))))),
                refuses(
                        "4.2.1.14",
                        "a negative inhibitAnyPolicy",
                        MALFORMED,
                        issuing(c -> c.with(Ext.inhibitAnyPolicy(-1)))),
                refuses(
                        "4.2.1.14",
                        "an uncritical inhibitAnyPolicy",
                        MALFORMED,
                        issuing(c -> c.with(Ext.notCritical(Ext.inhibitAnyPolicy(0))))));
    }

    private static Extension qualified(boolean critical, ASN1Encodable... qualifiers) {
        return Ext.of(
                Ext.CERTIFICATE_POLICIES,
                critical,
                Ext.sequence(Ext.sequence(new ASN1ObjectIdentifier(POLICY), Ext.sequence(qualifiers))));
    }

    @TestFactory
    Stream<DynamicTest> extendedKeyUsage() {
        return Rule.test(
                refuses(
                        "4.2.1.12",
                        "an extended key usage without a purpose",
                        MALFORMED,
                        leaf(c -> c.with(Ext.purposes()))),
                refuses(
                        "4.2.1.12",
                        "a leaf for another purpose",
                        PURPOSE_NOT_ALLOWED,
                        leaf(c -> c.with(Ext.purposes(Ext.SERVER_AUTH)))),
                refuses(
                        "4.2.1.12",
                        "a leaf for another purpose, critical",
                        PURPOSE_NOT_ALLOWED,
                        leaf(c -> c.with(Ext.critical(Ext.purposes(Ext.OCSP_SIGNING))))),
                refuses(
                        "4.2.1.12",
                        "a leaf that names no purpose",
                        PURPOSE_NOT_ALLOWED,
                        leaf(c -> c.without(Ext.EXTENDED_KEY_USAGE))),
                refuses(
                        "4.2.1.12",
                        "a leaf for any purpose, where one is asked",
                        PURPOSE_NOT_ALLOWED,
                        leaf(c -> c.with(Ext.purposes(Ext.ANY_PURPOSE)))),
                accepts(
                        "4.2.1.12",
                        "a critical extended key usage",
                        leaf(c -> c.with(Ext.critical(Ext.purposes(Ext.CLIENT_AUTH))))),
                accepts(
                        "4.2.1.12",
                        "a leaf for another purpose, where none is asked",
                        () -> Chain.standard()
                                .leaf(c -> c.with(Ext.purposes(Ext.OCSP_SIGNING)))
                                .forAnyPurpose()),
                refuses(
                        "4.2.1.12",
                        "an authority that is for another purpose",
                        PURPOSE_NOT_ALLOWED,
                        issuing(c -> c.with(Ext.purposes(Ext.SERVER_AUTH)))),
                accepts(
                        "4.2.1.12",
                        "an authority for this and other purposes",
                        issuing(c -> c.with(Ext.purposes(Ext.SERVER_AUTH, Ext.CLIENT_AUTH)))),
                accepts(
                        "4.2.1.12",
                        "an authority for any purpose",
                        issuing(c -> c.with(Ext.purposes(Ext.ANY_PURPOSE)))),
                refuses(
                        "4.2.1.12",
                        "a trust anchor that is for another purpose",
                        PURPOSE_NOT_ALLOWED,
                        root(c -> c.with(Ext.purposes(Ext.SERVER_AUTH)))),
                refuses(
                        "4.2.1.12",
                        "an authority far above that is for another purpose",
                        PURPOSE_NOT_ALLOWED,
                        () -> Chain.withAuthorities(5).authority(2, c -> c.with(Ext.purposes(Ext.SERVER_AUTH)))));
    }

    @TestFactory
    Stream<DynamicTest> whatMustNotBeCritical() {
        return Rule.test(
                refuses(
                        "4.2.1.15",
                        "a critical freshestCRL",
                        MALFORMED,
                        leaf(c -> c.with(Ext.of(Ext.FRESHEST_CRL, true, points())))),
                refuses(
                        "4.2.2.1",
                        "a critical authorityInfoAccess",
                        MALFORMED,
                        leaf(c -> c.with(Ext.of(
                                Ext.AUTHORITY_INFORMATION_ACCESS,
                                true,
                                Ext.sequence(Ext.sequence(
                                        new ASN1ObjectIdentifier("1.3.6.1.5.5.7.48.1"),
                                        Ext.uri("http://ocsp.lab.example/"))))))),
                accepts(
                        "4.2.1.13",
                        "cRLDistributionPoints, which nobody follows",
                        leaf(c -> c.with(Ext.of(Ext.CRL_DISTRIBUTION_POINTS, false, points())))));
    }

    private static DERSequence points() {
        return Ext.sequence(Ext.sequence(new DERTaggedObject(
                true, 0, new DERTaggedObject(false, 0, Ext.sequence(Ext.uri("http://crl.lab.example/"))))));
    }
}
