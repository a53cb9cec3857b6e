package org.chancery.pki.path;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.jspecify.annotations.Nullable;

/// Makes certificates that our own signer would refuse to: good ones, of which a test then spoils one part.
final class Forge {
    private static final AtomicLong SERIALS = new AtomicLong(1000);

    private final X500Principal subject;
    private final @Nullable Forge issuer;
    private final Map<String, Extension> extensions = new LinkedHashMap<>();
    private SigningKey key;
    private BigInteger serial = BigInteger.valueOf(SERIALS.incrementAndGet());
    private Instant notBefore = TestPki.NOW.minus(Duration.ofDays(100));
    private Instant notAfter = TestPki.NOW.plus(Duration.ofDays(100));
    private AlgorithmIdentifier innerAlgorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private AlgorithmIdentifier outerAlgorithm = innerAlgorithm;
    private String signature = "SHA256withECDSA";
    private Optional<PSSParameterSpec> pss = Optional.empty();
    private boolean extensionsTwice;
    private int version = 3;
    private final Set<String> without = new HashSet<>();
    private @Nullable X509Certificate made;

    private Forge(String subject, @Nullable Forge issuer) {
        this.subject = new X500Principal(subject);
        this.issuer = issuer;
        this.key = TestKeys.ec(subject);
    }

    static Forge root(String name) {
        return new Forge("CN=" + name, null).authority(8);
    }

    static Forge authority(String name, Forge issuer) {
        return new Forge("CN=" + name, issuer).authority(7);
    }

    /// Good as a client's and as a server's.
    static Forge leaf(Forge issuer) {
        return new Forge("CN=alice@lab.example", issuer)
                .with(Extensions.basicConstraintsOfEndEntity())
                .with(Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE)))
                .purposes(ExtendedKeyUsage.CLIENT_AUTH, ExtendedKeyUsage.SERVER_AUTH)
                .names(new GeneralName.Rfc822("alice@lab.example"), new GeneralName.Dns("chat.lab.example"));
    }

    static Forge selfSigned() {
        return new Forge("CN=alice@lab.example", null)
                .with(Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE)))
                .purposes(ExtendedKeyUsage.CLIENT_AUTH);
    }

    private Forge authority(int pathLength) {
        return with(Extensions.basicConstraintsOfAuthority(pathLength))
                .with(Extensions.keyUsage(Set.of(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN)));
    }

    Forge with(Extension extension) {
        without.remove(extension.oid());
        extensions.put(extension.oid(), extension);
        return this;
    }

    Forge without(String oid) {
        extensions.remove(oid);
        without.add(oid);
        return this;
    }

    /// Without any extension, as there were none before version 3.
    Forge version(int number) {
        version = number;
        extensions.clear();
        return this;
    }

    Forge purposes(ExtendedKeyUsage... purposes) {
        return with(Extensions.extendedKeyUsage(List.of(purposes)));
    }

    Forge names(GeneralName... names) {
        return with(Extensions.subjectAlternativeName(List.of(names), false));
    }

    Forge key(SigningKey other) {
        key = other;
        return this;
    }

    Forge serial(BigInteger other) {
        serial = other;
        return this;
    }

    Forge notBefore(Instant other) {
        notBefore = other;
        return this;
    }

    Forge notAfter(Instant other) {
        notAfter = other;
        return this;
    }

    Forge signedWithSha1() {
        return signed(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA1), "SHA1withECDSA");
    }

    /// By an issuer whose key is RSA.
    Forge signedWithPss(PSSParameterSpec parameters) {
        pss = Optional.of(parameters);
        try {
            AlgorithmParameters encoded = AlgorithmParameters.getInstance("RSASSA-PSS");
            encoded.init(parameters);
            return signed(
                    new AlgorithmIdentifier(
                            PKCSObjectIdentifiers.id_RSASSA_PSS, ASN1Primitive.fromByteArray(encoded.getEncoded())),
                    "RSASSA-PSS");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Forge signedWithRsa() {
        return signed(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE),
                "SHA256withRSA");
    }

    private Forge signed(AlgorithmIdentifier algorithm, String jcaName) {
        innerAlgorithm = algorithm;
        outerAlgorithm = algorithm;
        signature = jcaName;
        return this;
    }

    Forge sayingAnotherAlgorithmInside() {
        innerAlgorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
        return this;
    }

    Forge withEachExtensionTwice() {
        extensionsTwice = true;
        return this;
    }

    SigningKey key() {
        return key;
    }

    /// Made when first asked for.
    X509Certificate certificate() {
        if (made == null) {
            made = read(der());
        }
        return made;
    }

    /// A new signature each time.
    byte[] der() {
        Forge signer = issuer == null ? this : issuer;
        byte[] tbs = Der.encode(new DERSequence(tbs(signer)));
        try {
            Signature signing = Signature.getInstance(signature);
            if (pss.isPresent()) {
                signing.setParameter(pss.get());
            }
            signing.initSign(signer.key.exposedPrivateKey());
            signing.update(tbs);
            return Der.encode(
                    sequence(ASN1Primitive.fromByteArray(tbs), outerAlgorithm, new DERBitString(signing.sign())));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As every certificate has them (RFC 5280 sections 4.2.1.1 and 4.2.1.2), unless the test says
    /// something else.
    private Map<String, Extension> withKeyIdentifiers(Forge signer) {
        Map<String, Extension> all = new LinkedHashMap<>(extensions);
        if (version == 3) {
            all.putIfAbsent(Extensions.SUBJECT_KEY_IDENTIFIER, Extensions.subjectKeyIdentifier(key.publicKey()));
            all.putIfAbsent(
                    Extensions.AUTHORITY_KEY_IDENTIFIER, Extensions.authorityKeyIdentifier(keyIdentifier(signer)));
        }
        without.forEach(all::remove);
        return all;
    }

    /// Field by field (RFC 5280 section 4.1), since generators see to it that what they make is right.
    private ASN1EncodableVector tbs(Forge signer) {
        ASN1EncodableVector fields = new ASN1EncodableVector();
        if (version > 1) {
            fields.add(new DERTaggedObject(true, 0, new ASN1Integer(version - 1)));
        }
        fields.add(new ASN1Integer(serial));
        fields.add(innerAlgorithm);
        fields.add(X500Name.getInstance(signer.subject.getEncoded()));
        fields.add(sequence(DerTime.of(notBefore), DerTime.of(notAfter)));
        fields.add(X500Name.getInstance(subject.getEncoded()));
        fields.add(SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded()));
        ASN1EncodableVector encoded = new ASN1EncodableVector();
        for (int copies = extensionsTwice ? 2 : 1; copies > 0; copies--) {
            withKeyIdentifiers(signer)
                    .values()
                    .forEach(extension -> encoded.add(new org.bouncycastle.asn1.x509.Extension(
                            new ASN1ObjectIdentifier(extension.oid()), extension.critical(), extension.der())));
        }
        if (encoded.size() > 0) {
            fields.add(new DERTaggedObject(true, 3, new DERSequence(encoded)));
        }
        return fields;
    }

    /// What is within the extension, after tag and length of its OCTET STRING.
    private static byte[] keyIdentifier(Forge forge) {
        byte[] der = Extensions.subjectKeyIdentifier(forge.key.publicKey()).der();
        return Arrays.copyOfRange(der, 2, der.length);
    }

    private static DERSequence sequence(ASN1Encodable... elements) {
        return new DERSequence(elements);
    }

    /// The same certificate with the last octet of its signature changed.
    X509Certificate withBrokenSignature() {
        byte[] der = der();
        der[der.length - 1] ^= 1;
        return read(der);
    }

    private static X509Certificate read(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
