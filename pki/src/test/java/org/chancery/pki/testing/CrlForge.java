package org.chancery.pki.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.key.SignatureScheme;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.signature.SignedStructure;
import org.jspecify.annotations.Nullable;

/// Makes CRLs field by field (RFC 5280 section 5.1), good ones of which a test then spoils one part: our own signer
/// refuses to make most of these. Made an hour before [TestPki#NOW] and good until the day after it.
public final class CrlForge {
    private final X500Principal issuer;
    private final SigningKey key;
    private final Map<ASN1ObjectIdentifier, Extension> extensions = new LinkedHashMap<>();
    private final List<Extension> repeated = new ArrayList<>();
    private final List<ASN1Encodable> entries = new ArrayList<>();
    private @Nullable ASN1Encodable version = new ASN1Integer(1);
    private byte[] algorithmDer;
    private ASN1Encodable thisUpdate = DerTime.of(TestPki.NOW.minus(Duration.ofHours(1)));
    private @Nullable ASN1Encodable nextUpdate = DerTime.of(TestPki.NOW.plus(Duration.ofDays(1)));
    private boolean emptyEntries;

    private CrlForge(X500Principal issuer, SigningKey key) {
        this.issuer = issuer;
        this.key = key;
        this.algorithmDer = SignatureScheme.forCertificates(key.publicKey()).algorithmIdentifierDer();
        number(1);
    }

    /// Of a name and a key, whose certificate nobody has asked for.
    public static CrlForge of(String issuer, SigningKey key) {
        return new CrlForge(new X500Principal(issuer), key);
    }

    /// Of a name that is written otherwise than in the issuer's certificate.
    public static CrlForge of(X500Principal issuer, SigningKey key) {
        return new CrlForge(issuer, key);
    }

    /// Of a certificate's subject.
    public static CrlForge of(X509Certificate issuer, SigningKey key) {
        return new CrlForge(issuer.getSubjectX500Principal(), key);
    }

    public CrlForge number(long number) {
        return with(Extension.cRLNumber, false, new ASN1Integer(number));
    }

    /// A delta that continues the list of that number.
    public CrlForge deltaTo(long base) {
        return with(Extension.deltaCRLIndicator, true, new ASN1Integer(base));
    }

    public CrlForge keyIdentifier(byte[] keyIdentifier) {
        return with(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyIdentifier));
    }

    public CrlForge with(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        extensions.put(oid, extension(oid, critical, value));
        return this;
    }

    public CrlForge without(ASN1ObjectIdentifier oid) {
        extensions.remove(oid);
        return this;
    }

    /// The extension a second time.
    public CrlForge twice(ASN1ObjectIdentifier oid) {
        repeated.add(extensions.get(oid));
        return this;
    }

    /// issuingDistributionPoint, each part if wanted.
    public CrlForge point(
            List<String> uris, boolean users, boolean authorities, @Nullable ReasonFlags reasons, boolean indirect) {
        return with(
                Extension.issuingDistributionPoint,
                true,
                new IssuingDistributionPoint(
                        uris.isEmpty() ? null : new DistributionPointName(uris(uris)),
                        users,
                        authorities,
                        reasons,
                        indirect,
                        false));
    }

    public CrlForge indirect() {
        return point(List.of(), false, false, null, true);
    }

    public CrlForge forUsers() {
        return point(List.of(), true, false, null, false);
    }

    public CrlForge forAuthorities() {
        return point(List.of(), false, true, null, false);
    }

    public CrlForge forReasons(int flags) {
        return point(List.of(), false, false, new ReasonFlags(flags), false);
    }

    public CrlForge at(String... uris) {
        return point(List.of(uris), false, false, null, false);
    }

    /// An entry of that serial number, revoked an hour ago.
    public CrlForge entry(BigInteger serialNumber, Extension... entryExtensions) {
        return entry(serialNumber, DerTime.of(TestPki.NOW.minus(Duration.ofHours(1))), entryExtensions);
    }

    public CrlForge entry(BigInteger serialNumber, ASN1Encodable revokedAt, Extension... entryExtensions) {
        ASN1EncodableVector entry = new ASN1EncodableVector();
        entry.add(new ASN1Integer(serialNumber));
        entry.add(revokedAt);
        if (entryExtensions.length > 0) {
            entry.add(new DERSequence(entryExtensions));
        }
        entries.add(new DERSequence(entry));
        return this;
    }

    public CrlForge entry(X509Certificate certificate, RevocationReason reason) {
        return entry(certificate.getSerialNumber(), reason(reason.code()));
    }

    /// revokedCertificates, but none.
    public CrlForge emptyEntries() {
        emptyEntries = true;
        return this;
    }

    public CrlForge version(@Nullable ASN1Encodable other) {
        version = other;
        return this;
    }

    public CrlForge thisUpdate(Instant other) {
        thisUpdate = DerTime.of(other);
        return this;
    }

    public CrlForge nextUpdate(Instant other) {
        nextUpdate = DerTime.of(other);
        return this;
    }

    public CrlForge thisUpdate(ASN1Encodable other) {
        thisUpdate = other;
        return this;
    }

    public CrlForge nextUpdate(@Nullable ASN1Encodable other) {
        nextUpdate = other;
        return this;
    }

    public CrlForge sayingInside(ASN1ObjectIdentifier algorithm) {
        algorithmDer = Der.encode(new AlgorithmIdentifier(algorithm));
        return this;
    }

    public static Extension reason(int code) {
        return extension(Extension.reasonCode, false, new ASN1Enumerated(code));
    }

    public static Extension certificateIssuer(X500Principal name) {
        return extension(
                Extension.certificateIssuer,
                true,
                new GeneralNames(new GeneralName(X500Name.getInstance(name.getEncoded()))));
    }

    public static Extension extension(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        return new Extension(oid, critical, new DEROctetString(Der.encode(value)));
    }

    public static GeneralNames uris(List<String> uris) {
        return new GeneralNames(uris.stream()
                .map(uri -> new GeneralName(GeneralName.uniformResourceIdentifier, uri))
                .toArray(GeneralName[]::new));
    }

    /// Signed, and not read again.
    public byte[] der() {
        ASN1EncodableVector list = new ASN1EncodableVector();
        if (version != null) {
            list.add(version);
        }
        list.add(asn1(algorithmDer));
        list.add(asn1(issuer.getEncoded()));
        list.add(thisUpdate);
        if (nextUpdate != null) {
            list.add(nextUpdate);
        }
        if (!entries.isEmpty() || emptyEntries) {
            list.add(new DERSequence(entries.toArray(ASN1Encodable[]::new)));
        }
        if (!extensions.isEmpty()) {
            ASN1EncodableVector all = new ASN1EncodableVector();
            extensions.values().forEach(all::add);
            repeated.forEach(all::add);
            list.add(new DERTaggedObject(true, 0, new DERSequence(all)));
        }
        return SignedStructure.sign(Der.encode(new DERSequence(list)), key);
    }

    public Crl crl() {
        try {
            return Crl.parse(der());
        } catch (MalformedCrlException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ASN1Primitive asn1(byte[] der) {
        try {
            return ASN1Primitive.fromByteArray(der);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
