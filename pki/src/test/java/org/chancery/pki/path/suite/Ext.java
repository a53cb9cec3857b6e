package org.chancery.pki.path.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.der.Der;
import org.chancery.pki.key.SigningKey;

/// Extensions as RFC 5280 section 4.2.1 describes them, and as it forbids them: nothing here is checked.
final class Ext {
    static final String SUBJECT_KEY_IDENTIFIER = Extensions.SUBJECT_KEY_IDENTIFIER;
    static final String KEY_USAGE = Extensions.KEY_USAGE;
    static final String SUBJECT_ALTERNATIVE_NAME = Extensions.SUBJECT_ALTERNATIVE_NAME;
    static final String ISSUER_ALTERNATIVE_NAME = "2.5.29.18";
    static final String BASIC_CONSTRAINTS = Extensions.BASIC_CONSTRAINTS;
    static final String NAME_CONSTRAINTS = Extensions.NAME_CONSTRAINTS;
    static final String CRL_DISTRIBUTION_POINTS = Extensions.CRL_DISTRIBUTION_POINTS;
    static final String CERTIFICATE_POLICIES = "2.5.29.32";
    static final String POLICY_MAPPINGS = "2.5.29.33";
    static final String AUTHORITY_KEY_IDENTIFIER = Extensions.AUTHORITY_KEY_IDENTIFIER;
    static final String POLICY_CONSTRAINTS = "2.5.29.36";
    static final String EXTENDED_KEY_USAGE = Extensions.EXTENDED_KEY_USAGE;
    static final String FRESHEST_CRL = "2.5.29.46";
    static final String INHIBIT_ANY_POLICY = "2.5.29.54";
    static final String AUTHORITY_INFORMATION_ACCESS = Extensions.AUTHORITY_INFORMATION_ACCESS;

    static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    static final String ANY_PURPOSE = "2.5.29.37.0";
    static final String ANY_POLICY = "2.5.29.32.0";

    static final int DIGITAL_SIGNATURE = 0;
    static final int KEY_ENCIPHERMENT = 2;
    static final int KEY_CERT_SIGN = 5;
    static final int CRL_SIGN = 6;

    private Ext() {}

    static Extension of(String oid, boolean critical, ASN1Encodable value) {
        return new Extension(oid, critical, Der.encode(value));
    }

    /// The Extension SEQUENCE.
    static DERSequence encoded(Extension extension) {
        ASN1ObjectIdentifier oid = new ASN1ObjectIdentifier(extension.oid());
        DEROctetString value = new DEROctetString(extension.der());
        return extension.critical() ? sequence(oid, ASN1Boolean.TRUE, value) : sequence(oid, value);
    }

    static Extension critical(Extension extension) {
        return new Extension(extension.oid(), true, extension.der());
    }

    static Extension notCritical(Extension extension) {
        return new Extension(extension.oid(), false, extension.der());
    }

    /// A value that is no SEQUENCE, no BIT STRING, no OCTET STRING: an INTEGER.
    static Extension garbled(String oid, boolean critical) {
        return of(oid, critical, new ASN1Integer(5));
    }

    static Extension basicConstraints() {
        return of(BASIC_CONSTRAINTS, true, sequence());
    }

    static Extension authority() {
        return of(BASIC_CONSTRAINTS, true, sequence(ASN1Boolean.TRUE));
    }

    static Extension authority(int pathLength) {
        return of(BASIC_CONSTRAINTS, true, sequence(ASN1Boolean.TRUE, new ASN1Integer(pathLength)));
    }

    /// The bits as DER has a named bit list: without trailing zeros.
    static Extension keyUsage(int... bits) {
        int last = Arrays.stream(bits).max().orElse(-1);
        byte[] octets = new byte[last / 8 + (last < 0 ? 0 : 1)];
        for (int bit : bits) {
            octets[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return of(KEY_USAGE, true, new DERBitString(octets, octets.length == 0 ? 0 : 7 - last % 8));
    }

    static Extension purposes(String... oids) {
        return of(EXTENDED_KEY_USAGE, false, oids(oids));
    }

    static Extension subjectKeyIdentifier(SigningKey key) {
        return Extensions.subjectKeyIdentifier(key.publicKey());
    }

    static Extension authorityKeyIdentifier(SigningKey issuer) {
        byte[] wrapped = subjectKeyIdentifier(issuer).der();
        return Extensions.authorityKeyIdentifier(Arrays.copyOfRange(wrapped, 2, wrapped.length));
    }

    static Extension names(ASN1Encodable... names) {
        return of(SUBJECT_ALTERNATIVE_NAME, false, sequence(names));
    }

    static ASN1Encodable email(String mailbox) {
        return new DERTaggedObject(false, 1, new DERIA5String(mailbox));
    }

    static ASN1Encodable dns(String host) {
        return new DERTaggedObject(false, 2, new DERIA5String(host));
    }

    static ASN1Encodable directory(String distinguishedName) {
        return new DERTaggedObject(true, 4, new X500Name(distinguishedName));
    }

    static ASN1Encodable uri(String uri) {
        return new DERTaggedObject(false, 6, new DERIA5String(uri));
    }

    static ASN1Encodable ip(byte... octets) {
        return new DERTaggedObject(false, 7, new DEROctetString(octets));
    }

    static ASN1Encodable ip(String literal) {
        return ip(InetAddress.ofLiteral(literal).getAddress());
    }

    /// The address and mask of a name constraint.
    static ASN1Encodable range(String address, String mask) {
        byte[] from = InetAddress.ofLiteral(address).getAddress();
        byte[] with = InetAddress.ofLiteral(mask).getAddress();
        byte[] both = Arrays.copyOf(from, from.length + with.length);
        System.arraycopy(with, 0, both, from.length, with.length);
        return ip(both);
    }

    static ASN1Encodable registeredId(String oid) {
        return new DERTaggedObject(false, 8, new ASN1ObjectIdentifier(oid));
    }

    static ASN1Encodable otherName(String oid, String value) {
        return new DERTaggedObject(
                false,
                0,
                sequence(new ASN1ObjectIdentifier(oid), new DERTaggedObject(true, 0, new DERUTF8String(value))));
    }

    static Extension permitted(ASN1Encodable... bases) {
        return nameConstraints(List.of(bases), List.of());
    }

    static Extension excluded(ASN1Encodable... bases) {
        return nameConstraints(List.of(), List.of(bases));
    }

    /// nameConstraints with these subtrees; a kind without any is absent.
    static Extension nameConstraints(List<ASN1Encodable> permitted, List<ASN1Encodable> excluded) {
        List<ASN1Encodable> both = new ArrayList<>();
        if (!permitted.isEmpty()) {
            both.add(new DERTaggedObject(false, 0, subtrees(permitted)));
        }
        if (!excluded.isEmpty()) {
            both.add(new DERTaggedObject(false, 1, subtrees(excluded)));
        }
        return of(NAME_CONSTRAINTS, true, sequence(both.toArray(ASN1Encodable[]::new)));
    }

    private static DERSequence subtrees(List<ASN1Encodable> bases) {
        return sequence(bases.stream().map(base -> sequence(base)).toArray(ASN1Encodable[]::new));
    }

    static Extension policies(String... oids) {
        return of(
                CERTIFICATE_POLICIES,
                false,
                sequence(Stream.of(oids)
                        .map(oid -> sequence(new ASN1ObjectIdentifier(oid)))
                        .toArray(ASN1Encodable[]::new)));
    }

    /// Pairs of issuerDomainPolicy and subjectDomainPolicy.
    static Extension mappings(String... pairs) {
        List<ASN1Encodable> all = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            all.add(oids(pairs[i], pairs[i + 1]));
        }
        return of(POLICY_MAPPINGS, true, sequence(all.toArray(ASN1Encodable[]::new)));
    }

    static Extension requireExplicitPolicy(int skipCerts) {
        return of(POLICY_CONSTRAINTS, true, sequence(number(0, skipCerts)));
    }

    static Extension inhibitPolicyMapping(int skipCerts) {
        return of(POLICY_CONSTRAINTS, true, sequence(number(1, skipCerts)));
    }

    static Extension inhibitAnyPolicy(int skipCerts) {
        return of(INHIBIT_ANY_POLICY, true, new ASN1Integer(skipCerts));
    }

    static DERTaggedObject number(int tag, long value) {
        return new DERTaggedObject(false, tag, new ASN1Integer(BigInteger.valueOf(value)));
    }

    static DERSequence oids(String... oids) {
        return sequence(Stream.of(oids).map(ASN1ObjectIdentifier::new).toArray(ASN1Encodable[]::new));
    }

    static DERSequence sequence(ASN1Encodable... elements) {
        return new DERSequence(elements);
    }

    /// What the octets encode, to be written as it is.
    static ASN1Primitive raw(byte[] der) {
        try {
            return ASN1Primitive.fromByteArray(der);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
