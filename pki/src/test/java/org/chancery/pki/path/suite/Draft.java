package org.chancery.pki.path.suite;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.jspecify.annotations.Nullable;

/// A certificate about to be made, field by field (RFC 5280 section 4.1): good as it is, until a test spoils one
/// part. What is issued under it follows its name and its key.
final class Draft {
    private static final AtomicLong SERIALS = new AtomicLong(1000);
    private static final AlgorithmIdentifier ECDSA = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    private final @Nullable Draft issuer;
    private final Map<String, ASN1Encodable> extensions = new LinkedHashMap<>();
    private X500Name subject;
    private @Nullable X500Name issuerName;
    private SigningKey key;
    private @Nullable ASN1Encodable publicKey;
    private ASN1Encodable serial = new ASN1Integer(SERIALS.incrementAndGet());
    private ASN1Encodable notBefore = DerTime.of(TestPki.NOW.minus(Duration.ofDays(100)));
    private ASN1Encodable notAfter = DerTime.of(TestPki.NOW.plus(Duration.ofDays(100)));
    private AlgorithmIdentifier innerAlgorithm = ECDSA;
    private AlgorithmIdentifier outerAlgorithm = ECDSA;
    private String signature = "SHA256withECDSA";
    private Consumer<List<ASN1Encodable>> fields = all -> {};
    private UnaryOperator<byte[]> encoding = UnaryOperator.identity();
    private byte @Nullable [] made;

    private Draft(String name, @Nullable Draft issuer) {
        this.subject = new X500Name("CN=" + name);
        this.issuer = issuer;
        this.key = TestKeys.ec("suite " + name);
    }

    static Draft root(String name) {
        return new Draft(name, null).asAuthority();
    }

    static Draft authority(String name, Draft issuer) {
        return new Draft(name, issuer).asAuthority().with(Ext.authorityKeyIdentifier(issuer.key));
    }

    /// Good as a client's, and as the server `chat.lab.example`'s.
    static Draft leaf(Draft issuer) {
        Draft leaf = new Draft("alice@lab.example", issuer);
        return leaf.with(Ext.basicConstraints())
                .with(Ext.keyUsage(0))
                .with(Ext.purposes(Ext.CLIENT_AUTH, Ext.SERVER_AUTH))
                .with(Ext.names(Ext.email("alice@lab.example"), Ext.dns("chat.lab.example")))
                .with(Ext.subjectKeyIdentifier(leaf.key))
                .with(Ext.authorityKeyIdentifier(issuer.key));
    }

    private Draft asAuthority() {
        return with(Ext.authority())
                .with(Ext.keyUsage(Ext.KEY_CERT_SIGN, Ext.CRL_SIGN))
                .with(Ext.subjectKeyIdentifier(key));
    }

    /// With this extension, in place of one with the same object identifier.
    Draft with(Extension extension) {
        return with(extension.oid(), Ext.encoded(extension));
    }

    /// With this as a member of the extensions, whatever it is.
    Draft with(String oid, ASN1Encodable encoded) {
        extensions.put(oid, encoded);
        return this;
    }

    Draft without(String oid) {
        extensions.remove(oid);
        return this;
    }

    Draft withoutExtensions() {
        extensions.clear();
        return this;
    }

    Draft named(String distinguishedName) {
        return named(new X500Name(distinguishedName));
    }

    Draft named(X500Name name) {
        subject = name;
        return this;
    }

    /// Names this issuer, whoever signs.
    Draft naming(X500Name name) {
        issuerName = name;
        return this;
    }

    /// Another key, and what follows from it.
    Draft key(SigningKey other) {
        key = other;
        if (extensions.containsKey(Ext.SUBJECT_KEY_IDENTIFIER)) {
            with(Ext.subjectKeyIdentifier(other));
        }
        return this;
    }

    /// Another SubjectPublicKeyInfo than the key's.
    Draft publicKey(ASN1Encodable other) {
        publicKey = other;
        return this;
    }

    Draft serial(BigInteger other) {
        return serial(new ASN1Integer(other));
    }

    Draft serial(ASN1Encodable other) {
        serial = other;
        return this;
    }

    Draft notBefore(Instant time) {
        return notBefore(DerTime.of(time));
    }

    Draft notBefore(ASN1Encodable time) {
        notBefore = time;
        return this;
    }

    Draft notAfter(Instant time) {
        return notAfter(DerTime.of(time));
    }

    Draft notAfter(ASN1Encodable time) {
        notAfter = time;
        return this;
    }

    Draft expired() {
        return notAfter(TestPki.NOW.minusSeconds(1));
    }

    /// Said inside and outside; who signs has a key for it.
    Draft algorithm(AlgorithmIdentifier algorithm, String jcaName) {
        innerAlgorithm = algorithm;
        outerAlgorithm = algorithm;
        signature = jcaName;
        return this;
    }

    Draft innerAlgorithm(AlgorithmIdentifier algorithm) {
        innerAlgorithm = algorithm;
        return this;
    }

    /// Changes the fields of the TBSCertificate: version, serial, algorithm, issuer, validity, subject, key,
    /// extensions.
    Draft fields(Consumer<List<ASN1Encodable>> change) {
        fields = change;
        return this;
    }

    /// Changes the certificate once it is signed.
    Draft encoding(UnaryOperator<byte[]> change) {
        encoding = change;
        return this;
    }

    SigningKey key() {
        return key;
    }

    X500Name subject() {
        return subject;
    }

    /// Made when first asked for; what is changed later is not seen.
    byte[] der() {
        if (made == null) {
            made = make();
        }
        return made.clone();
    }

    private byte[] make() {
        Draft signer = issuer == null ? this : issuer;
        byte[] tbs = Der.encode(tbs(signer));
        try {
            Signature signing = Signature.getInstance(signature);
            signing.initSign(signer.key.exposedPrivateKey());
            signing.update(tbs);
            return encoding.apply(Der.encode(sequence(Ext.raw(tbs), outerAlgorithm, new DERBitString(signing.sign()))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private DERSequence tbs(Draft signer) {
        List<ASN1Encodable> all = new ArrayList<>();
        all.add(new DERTaggedObject(true, 0, new ASN1Integer(2)));
        all.add(serial);
        all.add(innerAlgorithm);
        all.add(issuerName == null ? signer.subject : issuerName);
        all.add(sequence(notBefore, notAfter));
        all.add(subject);
        all.add(
                publicKey == null
                        ? SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded())
                        : publicKey);
        if (!extensions.isEmpty()) {
            all.add(new DERTaggedObject(true, 3, sequence(extensions.values().toArray(ASN1Encodable[]::new))));
        }
        fields.accept(all);
        return sequence(all.toArray(ASN1Encodable[]::new));
    }

    private static DERSequence sequence(ASN1Encodable... elements) {
        ASN1EncodableVector vector = new ASN1EncodableVector();
        vector.addAll(elements);
        return new DERSequence(vector);
    }
}
