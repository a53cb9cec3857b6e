package org.chancery.pki.path.suite;

import static org.chancery.pki.path.PathFailure.EXPIRED;
import static org.chancery.pki.path.PathFailure.MALFORMED;
import static org.chancery.pki.path.PathFailure.NOT_A_CA;
import static org.chancery.pki.path.PathFailure.NOT_YET_VALID;
import static org.chancery.pki.path.PathFailure.SIGNATURE_INVALID;
import static org.chancery.pki.path.PathFailure.WEAK_KEY;
import static org.chancery.pki.path.PathFailure.WEAK_SIGNATURE;
import static org.chancery.pki.path.suite.Rule.accepts;
import static org.chancery.pki.path.suite.Rule.issuing;
import static org.chancery.pki.path.suite.Rule.leaf;
import static org.chancery.pki.path.suite.Rule.refuses;
import static org.chancery.pki.path.suite.Rule.root;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.chancery.pki.der.Der;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// RFC 5280 section 4.1: the basic certificate fields.
class CertificateFieldsTest {
    private static final int VERSION = 0;
    private static final X500Name NOBODY = X500Name.getInstance(Ext.sequence());
    private static final AlgorithmIdentifier ECDSA_SHA384 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);

    @TestFactory
    Stream<DynamicTest> encoding() {
        return Rule.test(
                refuses(
                        "4.1",
                        "octets after the certificate",
                        MALFORMED,
                        leaf(c -> c.encoding(der -> Arrays.copyOf(der, der.length + 1)))),
                refuses(
                        "4.1",
                        "a certificate cut short",
                        MALFORMED,
                        leaf(c -> c.encoding(der -> Arrays.copyOf(der, der.length - 1)))),
                refuses(
                        "4.1",
                        "a length that is not minimal",
                        MALFORMED,
                        leaf(c -> c.encoding(CertificateFieldsTest::withLongLength))),
                refuses(
                        "4.1",
                        "an indefinite length",
                        MALFORMED,
                        leaf(c -> c.encoding(CertificateFieldsTest::withIndefiniteLength))),
                refuses("4.1", "a field too many", MALFORMED, leaf(c -> c.fields(f -> f.add(DERNull.INSTANCE)))),
                refuses("4.1", "a field too few", MALFORMED, leaf(c -> c.fields(f -> f.remove(6)))),
                refuses("4.1", "fields out of order", MALFORMED, leaf(c -> c.fields(f -> f.add(f.remove(0))))));
    }

    @TestFactory
    Stream<DynamicTest> signature() {
        return Rule.test(
                refuses(
                        "4.1.1.2",
                        "another algorithm inside than outside",
                        MALFORMED,
                        leaf(c -> c.innerAlgorithm(ECDSA_SHA384))),
                refuses(
                        "4.1.1.2",
                        "parameters inside and none outside",
                        MALFORMED,
                        leaf(c -> c.innerAlgorithm(
                                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256, DERNull.INSTANCE)))),
                refuses(
                        "4.1.1.3",
                        "a signature with its last octet changed",
                        SIGNATURE_INVALID,
                        leaf(c -> c.encoding(CertificateFieldsTest::lastOctetChanged))),
                refuses(
                        "4.1.1.3",
                        "the issuer's signature with its last octet changed",
                        SIGNATURE_INVALID,
                        issuing(c -> c.encoding(CertificateFieldsTest::lastOctetChanged))),
                refuses(
                        "4.1.1.2",
                        "ECDSA with SHA-1",
                        WEAK_SIGNATURE,
                        leaf(c -> c.algorithm(
                                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA1), "SHA1withECDSA"))),
                refuses(
                        "4.1.1.2",
                        "an issuer signed with SHA-1",
                        WEAK_SIGNATURE,
                        issuing(c -> c.algorithm(
                                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA1), "SHA1withECDSA"))),
                accepts("4.1.1.2", "ECDSA with SHA-384", leaf(c -> c.algorithm(ECDSA_SHA384, "SHA384withECDSA"))));
    }

    @TestFactory
    Stream<DynamicTest> version() {
        return Rule.test(
                refuses("4.1.2.1", "extensions in version 1", MALFORMED, leaf(c -> c.fields(f -> f.remove(VERSION)))),
                refuses(
                        "4.1.2.1",
                        "extensions in version 2",
                        MALFORMED,
                        leaf(c -> c.fields(f -> f.set(VERSION, version(1))))),
                refuses("4.1.2.1", "version 4", MALFORMED, leaf(c -> c.fields(f -> f.set(VERSION, version(3))))),
                refuses(
                        "4.1.2.1",
                        "a negative version",
                        MALFORMED,
                        leaf(c -> c.fields(f -> f.set(VERSION, version(-1))))),
                refuses(
                        "4.1.2.1",
                        "version 1 said although it is the default",
                        MALFORMED,
                        leaf(c -> c.withoutExtensions().fields(f -> f.set(VERSION, version(0))))),
                refuses(
                        "6.1.4 (k)",
                        "an authority of version 1",
                        NOT_A_CA,
                        issuing(c -> c.withoutExtensions().fields(f -> f.remove(VERSION)))));
    }

    @TestFactory
    Stream<DynamicTest> serialNumber() {
        return Rule.test(
                refuses("4.1.2.2", "a serial number of zero", MALFORMED, leaf(c -> c.serial(BigInteger.ZERO))),
                refuses("4.1.2.2", "a negative serial number", MALFORMED, leaf(c -> c.serial(BigInteger.valueOf(-1)))),
                refuses(
                        "4.1.2.2",
                        "an authority with a negative serial number",
                        MALFORMED,
                        issuing(c -> c.serial(BigInteger.valueOf(-1)))),
                refuses(
                        "4.1.2.2",
                        "a serial number of 21 octets",
                        MALFORMED,
                        leaf(c -> c.serial(BigInteger.ONE.shiftLeft(160)))),
                refuses(
                        "4.1.2.2",
                        "20 octets of value that DER writes as 21",
                        MALFORMED,
                        leaf(c -> c.serial(BigInteger.ONE.shiftLeft(159)))),
                accepts(
                        "4.1.2.2",
                        "a serial number of 20 octets",
                        leaf(c -> c.serial(BigInteger.ONE.shiftLeft(159).subtract(BigInteger.ONE)))),
                refuses(
                        "4.1.2.2",
                        "a serial number with a leading zero octet",
                        MALFORMED,
                        leaf(c -> c.serial(BigInteger.valueOf(0x4141))
                                .encoding(der ->
                                        replaced(der, new byte[] {2, 2, 0x41, 0x41}, new byte[] {2, 2, 0, 0x41})))));
    }

    @TestFactory
    Stream<DynamicTest> validity() {
        Instant now = TestPki.NOW;
        return Rule.test(
                accepts("4.1.2.5", "the first second of validity", leaf(c -> c.notBefore(now))),
                accepts("4.1.2.5", "the last second of validity", leaf(c -> c.notAfter(now))),
                refuses(
                        "4.1.2.5",
                        "a second before validity",
                        NOT_YET_VALID,
                        leaf(c -> c.notBefore(now.plusSeconds(1)))),
                refuses("4.1.2.5", "a second after validity", EXPIRED, leaf(Draft::expired)),
                refuses(
                        "4.1.2.5",
                        "an authority not valid yet",
                        NOT_YET_VALID,
                        issuing(c -> c.notBefore(now.plusSeconds(1)))),
                refuses("4.1.2.5", "an authority that has expired", EXPIRED, issuing(Draft::expired)),
                refuses("6.1", "a trust anchor that has expired", EXPIRED, root(Draft::expired)),
                accepts(
                        "4.1.2.5",
                        "no well-defined expiration: 99991231235959Z",
                        leaf(c -> c.notAfter(general("99991231235959Z")))),
                accepts(
                        "4.1.2.5.2",
                        "GeneralizedTime for a year before 2050, which readers take",
                        leaf(c -> c.notBefore(general("20260101000000Z")))),
                refuses(
                        "4.1.2.5.1",
                        "UTCTime 50 is 1950",
                        EXPIRED,
                        leaf(c -> c.notBefore(utc("500101000000Z")).notAfter(utc("500102000000Z")))),
                refuses(
                        "4.1.2.5",
                        "an end before the beginning",
                        MALFORMED,
                        leaf(c -> c.notAfter(utc("991231235959Z")))),
                accepts("4.1.2.5.1", "UTCTime 49 is 2049", leaf(c -> c.notAfter(utc("491231235959Z")))),
                refuses("4.1.2.5.1", "UTCTime without seconds", MALFORMED, leaf(c -> c.notBefore(utc("2601010000Z")))),
                refuses(
                        "4.1.2.5.1",
                        "UTCTime with an offset",
                        MALFORMED,
                        leaf(c -> c.notBefore(utc("260101000000+0000")))),
                refuses(
                        "4.1.2.5.2",
                        "GeneralizedTime with fractions of a second",
                        MALFORMED,
                        leaf(c -> c.notBefore(general("20260101000000.5Z")))),
                refuses(
                        "4.1.2.5.2",
                        "GeneralizedTime without a zone",
                        MALFORMED,
                        leaf(c -> c.notBefore(general("20260101000000")))),
                refuses("4.1.2.5", "an INTEGER for a time", MALFORMED, leaf(c -> c.notAfter(new ASN1Integer(99)))));
    }

    @TestFactory
    Stream<DynamicTest> names() {
        return Rule.test(
                refuses(
                        "4.1.2.4",
                        "an issuer without a name",
                        MALFORMED,
                        () -> Chain.standard().issuing(c -> c.named(NOBODY))),
                refuses(
                        "4.1.2.6",
                        "neither subject nor subjectAltName",
                        MALFORMED,
                        leaf(c -> c.named(NOBODY).without(Ext.SUBJECT_ALTERNATIVE_NAME))),
                refuses(
                        "4.1.2.6",
                        "no subject and a subjectAltName that is not critical",
                        MALFORMED,
                        leaf(c -> c.named(NOBODY))),
                accepts(
                        "4.1.2.6",
                        "no subject and a critical subjectAltName",
                        leaf(c -> c.named(NOBODY).with(Ext.critical(Ext.names(Ext.email("alice@lab.example")))))),
                refuses(
                        "4.1.2.4",
                        "an empty RelativeDistinguishedName",
                        MALFORMED,
                        leaf(c -> c.named(X500Name.getInstance(Ext.sequence(new DERSet()))))));
    }

    @TestFactory
    Stream<DynamicTest> publicKey() {
        AlgorithmIdentifier rsa =
                new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.113549.1.1.1"), DERNull.INSTANCE);
        BigInteger modulus = BigInteger.ONE.shiftLeft(2047).setBit(0);
        byte[] point = SubjectPublicKeyInfo.getInstance(
                        TestKeys.ec("point").publicKey().getEncoded())
                .getPublicKeyData()
                .getOctets();
        point[point.length - 1] ^= 1;
        ASN1ObjectIdentifier ec = new ASN1ObjectIdentifier("1.2.840.10045.2.1");
        return Rule.test(
                refuses(
                        "4.1.2.7",
                        "an RSA key of 1024 bits",
                        WEAK_KEY,
                        leaf(c -> c.publicKey(
                                key(rsa, rsa(BigInteger.ONE.shiftLeft(1023).setBit(0), 65537))))),
                refuses("4.1.2.7", "an RSA exponent of 3", WEAK_KEY, leaf(c -> c.publicKey(key(rsa, rsa(modulus, 3))))),
                refuses(
                        "4.1.2.7",
                        "an RSA exponent of 1",
                        MALFORMED,
                        leaf(c -> c.publicKey(key(rsa, rsa(modulus, 1))))),
                refuses(
                        "4.1.2.7",
                        "an RSA key of 16384 bits",
                        WEAK_KEY,
                        leaf(c -> c.publicKey(
                                key(rsa, rsa(BigInteger.ONE.shiftLeft(16383).setBit(0), 65537))))),
                refuses(
                        "4.1.2.7",
                        "an EC point that is not on its curve",
                        WEAK_KEY,
                        leaf(c -> c.publicKey(Ext.sequence(
                                new AlgorithmIdentifier(ec, new ASN1ObjectIdentifier("1.2.840.10045.3.1.7")),
                                new DERBitString(point))))),
                refuses(
                        "4.1.2.7",
                        "a curve of 192 bits",
                        WEAK_KEY,
                        leaf(c -> c.publicKey(Ext.sequence(
                                new AlgorithmIdentifier(ec, new ASN1ObjectIdentifier("1.2.840.10045.3.1.1")),
                                new DERBitString(Arrays.copyOf(point, 49)))))),
                refuses(
                        "4.1.2.7",
                        "a key of an algorithm nobody knows",
                        WEAK_KEY,
                        leaf(c -> c.publicKey(Ext.sequence(
                                new AlgorithmIdentifier(new ASN1ObjectIdentifier("2.25.1")),
                                new DERBitString(new byte[] {1}))))),
                refuses(
                        "4.1.2.7",
                        "a weak key of the trust anchor",
                        WEAK_KEY,
                        () -> Chain.standard().trusting(Draft.root("Root").publicKey(key(rsa, rsa(modulus, 3))))));
    }

    @TestFactory
    Stream<DynamicTest> extensions() {
        return Rule.test(
                refuses(
                        "4.1.2.9",
                        "extensions that are there and empty",
                        MALFORMED,
                        leaf(c -> c.fields(f -> f.set(7, new DERTaggedObject(true, 3, Ext.sequence()))))),
                refuses(
                        "4.2",
                        "an extension twice",
                        MALFORMED,
                        leaf(c -> c.with("a second one", Ext.encoded(Ext.keyUsage(0))))),
                refuses(
                        "4.2",
                        "an unknown extension twice",
                        MALFORMED,
                        leaf(c -> c.with("one", unknown(false)).with("two", unknown(false)))),
                refuses(
                        "4.2",
                        "critical FALSE said although it is the default",
                        MALFORMED,
                        leaf(c -> c.with(
                                "explicit",
                                Ext.sequence(
                                        new ASN1ObjectIdentifier("2.25.1"),
                                        ASN1Boolean.FALSE,
                                        new DEROctetString(new byte[] {5, 0}))))),
                refuses(
                        "4.2",
                        "an extension without a value",
                        MALFORMED,
                        leaf(c -> c.with("no value", Ext.oids("2.25.1")))));
    }

    private static ASN1Encodable unknown(boolean critical) {
        return Ext.encoded(Ext.of("2.25.1", critical, DERNull.INSTANCE));
    }

    private static ASN1Encodable version(int number) {
        return new DERTaggedObject(true, 0, new ASN1Integer(number));
    }

    private static ASN1Encodable key(AlgorithmIdentifier algorithm, ASN1Encodable key) {
        return Ext.sequence(algorithm, new DERBitString(Der.encode(key)));
    }

    private static ASN1Encodable rsa(BigInteger modulus, long exponent) {
        return Ext.sequence(new ASN1Integer(modulus), new ASN1Integer(exponent));
    }

    private static ASN1Encodable utc(String text) {
        return new DERUTCTime(text);
    }

    private static ASN1Encodable general(String text) {
        return new DERGeneralizedTime(text);
    }

    private static byte[] lastOctetChanged(byte[] der) {
        der[der.length - 1] ^= 1;
        return der;
    }

    /// The outer length of two octets in three.
    private static byte[] withLongLength(byte[] der) {
        byte[] longer = new byte[der.length + 1];
        System.arraycopy(der, 2, longer, 3, der.length - 2);
        longer[0] = der[0];
        longer[1] = (byte) 0x83;
        return longer;
    }

    private static byte[] withIndefiniteLength(byte[] der) {
        byte[] indefinite = new byte[der.length];
        indefinite[0] = der[0];
        indefinite[1] = (byte) 0x80;
        System.arraycopy(der, 4, indefinite, 2, der.length - 4);
        return indefinite;
    }

    /// With some octets in the place of as many others.
    private static byte[] replaced(byte[] der, byte[] from, byte[] to) {
        for (int i = 0; i + from.length <= der.length; i++) {
            if (Arrays.equals(der, i, i + from.length, from, 0, from.length)) {
                System.arraycopy(to, 0, der, i, to.length);
                return der;
            }
        }
        throw new IllegalArgumentException("those octets are not there");
    }
}
