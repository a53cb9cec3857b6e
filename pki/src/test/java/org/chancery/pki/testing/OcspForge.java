package org.chancery.pki.testing;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.revocation.MalformedOcspException;
import org.chancery.pki.revocation.OcspCertId;
import org.chancery.pki.revocation.OcspResponderId;
import org.chancery.pki.revocation.OcspResponse;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.signature.SignedStructure;
import org.jspecify.annotations.Nullable;

/// Makes OCSP responses field by field (RFC 6960 section 4.2.1): good ones, made an hour before [TestPki#NOW] and good
/// until the day after it, of which a test then spoils one part.
public final class OcspForge {
    private final X509Certificate responder;
    private final SigningKey key;
    private final List<ASN1Encodable> answers = new ArrayList<>();
    private final List<ASN1Encodable> certificates = new ArrayList<>();
    private Instant thisUpdate = TestPki.NOW.minus(Duration.ofHours(1));
    private @Nullable Instant nextUpdate = TestPki.NOW.plus(Duration.ofDays(1));
    private boolean byName;
    private @Nullable Extension ofAnswer;
    private @Nullable Extension ofResponse;

    private OcspForge(X509Certificate responder, SigningKey key) {
        this.responder = responder;
        this.key = key;
    }

    public static OcspForge of(X509Certificate responder, SigningKey key) {
        return new OcspForge(responder, key);
    }

    /// The responder named by its subject and not by its key.
    public OcspForge byName() {
        byName = true;
        return this;
    }

    /// A certificate sent along.
    public OcspForge sending(X509Certificate certificate) {
        try {
            certificates.add(ASN1Primitive.fromByteArray(certificate.getEncoded()));
        } catch (IOException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /// For the answers that follow.
    public OcspForge thisUpdate(Instant other) {
        thisUpdate = other;
        return this;
    }

    /// For the answers that follow; null for none.
    public OcspForge nextUpdate(@Nullable Instant other) {
        nextUpdate = other;
        return this;
    }

    /// In the answers that follow.
    public OcspForge withInAnswer(Extension extension) {
        ofAnswer = extension;
        return this;
    }

    public OcspForge with(Extension extension) {
        ofResponse = extension;
        return this;
    }

    public OcspForge good(OcspCertId id) {
        return answer(id, new DERTaggedObject(false, 0, DERNull.INSTANCE));
    }

    public OcspForge unknown(OcspCertId id) {
        return answer(id, new DERTaggedObject(false, 2, DERNull.INSTANCE));
    }

    public OcspForge revoked(OcspCertId id, RevocationReason reason) {
        return answer(id, new DERTaggedObject(false, 1, new DERSequence(new ASN1Encodable[] {
            DerTime.generalized(TestPki.NOW.minus(Duration.ofDays(2))),
            new DERTaggedObject(true, 0, new ASN1Enumerated(reason.code()))
        })));
    }

    private OcspForge answer(OcspCertId id, ASN1Encodable status) {
        ASN1EncodableVector single = new ASN1EncodableVector();
        single.add(new DERSequence(new ASN1Encodable[] {
            new AlgorithmIdentifier(
                    id.hash() == OcspCertId.Hash.SHA_1 ? OIWObjectIdentifiers.idSHA1 : NISTObjectIdentifiers.id_sha256,
                    DERNull.INSTANCE),
            octets(id.issuerNameHash()),
            octets(id.issuerKeyHash()),
            new ASN1Integer(id.serialNumber().value())
        }));
        single.add(status);
        single.add(DerTime.generalized(thisUpdate));
        if (nextUpdate != null) {
            single.add(new DERTaggedObject(true, 0, DerTime.generalized(nextUpdate)));
        }
        if (ofAnswer != null) {
            single.add(new DERTaggedObject(true, 1, new DERSequence(ofAnswer)));
        }
        answers.add(new DERSequence(single));
        return this;
    }

    /// Signed, and not read again.
    public byte[] der() {
        ASN1EncodableVector data = new ASN1EncodableVector();
        data.add(
                byName
                        ? new DERTaggedObject(
                                true,
                                1,
                                X500Name.getInstance(
                                        responder.getSubjectX500Principal().getEncoded()))
                        : new DERTaggedObject(
                                true,
                                2,
                                octets(OcspResponderId.ByKey.of(responder).keyHash())));
        data.add(DerTime.generalized(TestPki.NOW.minus(Duration.ofHours(1))));
        data.add(new DERSequence(answers.toArray(ASN1Encodable[]::new)));
        if (ofResponse != null) {
            data.add(new DERTaggedObject(true, 1, new DERSequence(ofResponse)));
        }
        ASN1EncodableVector basic = new ASN1EncodableVector();
        for (ASN1Encodable part :
                ASN1Sequence.getInstance(SignedStructure.sign(Der.encode(new DERSequence(data)), key))) {
            basic.add(part);
        }
        if (!certificates.isEmpty()) {
            basic.add(new DERTaggedObject(true, 0, new DERSequence(certificates.toArray(ASN1Encodable[]::new))));
        }
        DERSequence bytes = new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier("1.3.6.1.5.5.7.48.1.1"), new DEROctetString(Der.encode(new DERSequence(basic)))
        });
        return Der.encode(
                new DERSequence(new ASN1Encodable[] {new ASN1Enumerated(0), new DERTaggedObject(true, 0, bytes)}));
    }

    public OcspResponse response() {
        try {
            return OcspResponse.parse(der());
        } catch (MalformedOcspException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DEROctetString octets(String hex) {
        return new DEROctetString(HexFormat.of().parseHex(hex));
    }
}
