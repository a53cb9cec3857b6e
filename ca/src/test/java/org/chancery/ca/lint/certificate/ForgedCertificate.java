package org.chancery.ca.lint.certificate;

import static org.chancery.ca.der.TestDer.bits;
import static org.chancery.ca.der.TestDer.bool;
import static org.chancery.ca.der.TestDer.commonName;
import static org.chancery.ca.der.TestDer.concat;
import static org.chancery.ca.der.TestDer.explicit;
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
import java.util.Map;
import org.chancery.ca.der.TestDer;
import org.chancery.ca.der.Tlv;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;

/// A TBSCertificate written octet by octet, sound until a test changes a part. Signed at [TestPki#NOW] by the
/// issuing CA of [TestPki].
final class ForgedCertificate {
    static final TestPki PKI = TestPki.create();
    static final String NO_REV_AVAIL = "2.5.29.56";
    static final String POLICIES = "2.5.29.32";

    byte[] version = explicit(0, integer(2));
    byte[] serial = integer(new BigInteger("123456789abcdef0123456789abcdef012345678", 16));
    byte[] signature = sequence(oid("1.2.840.10045.4.3.2"));
    byte[] issuer;
    byte[] notBefore = text(Tlv.UTC_TIME, "261122095500Z");
    byte[] notAfter = text(Tlv.UTC_TIME, "271122095500Z");
    byte[] subject;
    byte[] publicKey;
    byte[] uniqueIdentifiers = {};
    private final X509Certificate signer;
    private final Map<String, byte[]> extensions = new LinkedHashMap<>();
    private byte[] more = {};

    private ForgedCertificate(X509Certificate signer, KeyAlgorithm algorithm, byte[] subject) {
        this.signer = signer;
        this.subject = subject;
        this.issuer = signer.getSubjectX500Principal().getEncoded();
        this.publicKey = TestKeys.of(algorithm, "ca lint").publicKey().getEncoded();
    }

    static ForgedCertificate person() {
        return leaf(KeyAlgorithm.EC_P256, name(commonName("alice@lab.example")))
                .purposes("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4")
                .names(text(0x81, "alice@lab.example"));
    }

    static ForgedCertificate rsaPerson() {
        ForgedCertificate person = person();
        person.publicKey =
                TestKeys.of(KeyAlgorithm.RSA_3072, "ca alice").publicKey().getEncoded();
        return person.usage(5, 0xa0);
    }

    static ForgedCertificate relay() {
        return leaf(KeyAlgorithm.EC_P256, name(commonName("chat.lab.example")))
                .purposes("1.3.6.1.5.5.7.3.1")
                .names(text(0x82, "chat.lab.example"), tlv(0x87, new byte[] {127, 0, 0, 1}));
    }

    static ForgedCertificate ocspSigner() {
        return leaf(KeyAlgorithm.EC_P256, name(commonName("OCSP Responder")))
                .purposes("1.3.6.1.5.5.7.3.9")
                .with(Extensions.OCSP_NO_CHECK, false, none());
    }

    /// Signed by the root.
    static ForgedCertificate issuing() {
        return new ForgedCertificate(PKI.root().certificate(), KeyAlgorithm.EC_P256, name(commonName("Lab Issuing CA")))
                .identified()
                .with(Extensions.BASIC_CONSTRAINTS, true, sequence(bool(true), integer(0)))
                .usage(1, 0x06)
                .with(
                        Extensions.NAME_CONSTRAINTS,
                        true,
                        sequence(explicit(0, sequence(text(0x82, "lab.example")), sequence(tlv(0x87, new byte[] {
                            127, 0, 0, 0, -1, 0, 0, 0
                        })))));
    }

    private static ForgedCertificate leaf(KeyAlgorithm algorithm, byte[] subject) {
        return new ForgedCertificate(PKI.issuing().certificate(), algorithm, subject)
                .identified()
                .with(Extensions.BASIC_CONSTRAINTS, true, sequence())
                .usage(7, 0x80);
    }

    private ForgedCertificate identified() {
        return with(Extensions.SUBJECT_KEY_IDENTIFIER, false, octets(new byte[20]))
                .with(
                        Extensions.AUTHORITY_KEY_IDENTIFIER,
                        false,
                        sequence(tlv(0x80, Certificates.subjectKeyIdentifier(signer))));
    }

    ForgedCertificate purposes(String... oids) {
        byte[][] purposes = new byte[oids.length][];
        for (int i = 0; i < oids.length; i++) {
            purposes[i] = oid(oids[i]);
        }
        return with(Extensions.EXTENDED_KEY_USAGE, false, sequence(purposes));
    }

    ForgedCertificate names(byte[]... names) {
        return with(Extensions.SUBJECT_ALTERNATIVE_NAME, false, sequence(names));
    }

    ForgedCertificate usage(int... unusedThenOctets) {
        return with(Extensions.KEY_USAGE, true, bits(unusedThenOctets));
    }

    ForgedCertificate with(String oid, boolean critical, byte[] value) {
        extensions.put(oid, TestDer.extension(oid, critical, value));
        return this;
    }

    ForgedCertificate without(String oid) {
        extensions.remove(oid);
        return this;
    }

    /// Another extension behind all others, as it is.
    ForgedCertificate append(byte[] extension) {
        more = concat(more, extension);
        return this;
    }

    X509Certificate signer() {
        return signer;
    }

    byte[] der() {
        return sequence(
                version,
                serial,
                signature,
                issuer,
                sequence(notBefore, notAfter),
                subject,
                publicKey,
                uniqueIdentifiers,
                explicit(3, sequence(concat(extensions.values().toArray(byte[][]::new)), more)));
    }
}
