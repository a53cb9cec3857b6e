package org.chancery.pki.cms;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;

/// What SignedData (RFC 5652 section 5) is put together from.
public final class Cms {
    /// Parameters left out, as RFC 5754 section 2 asks of who writes.
    public static final AlgorithmIdentifier SHA_256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);

    private Cms() {}

    public static DERSequence sequence(ASN1Encodable... elements) {
        return new DERSequence(elements);
    }

    public static DERTaggedObject explicit(int tag, ASN1Primitive value) {
        return new DERTaggedObject(true, tag, value);
    }

    public static DERTaggedObject implicit(int tag, ASN1Primitive value) {
        return new DERTaggedObject(false, tag, value);
    }

    /// A SignerInfo (RFC 5652 section 5.3) whose signer is named by subject key identifier.
    public static DERSequence signerInfo(
            byte[] subjectKeyIdentifier, ASN1Set attributes, AlgorithmIdentifier algorithm, byte[] signature) {
        return sequence(
                new ASN1Integer(3),
                implicit(0, new DEROctetString(subjectKeyIdentifier)),
                SHA_256,
                implicit(0, attributes),
                algorithm,
                new DEROctetString(signature));
    }

    /// What this program encoded, as a part of something larger.
    public static ASN1Primitive primitive(byte[] der) {
        try {
            return Der.read(der, primitive -> primitive);
        } catch (MalformedDerException e) {
            throw new IllegalStateException("own encoding is not DER", e);
        }
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform lacks SHA-256, which its specification requires", e);
        }
    }

    public static byte[] sha256(byte[] octets) {
        return sha256().digest(octets);
    }

    public static byte[] sha256(X509Certificate certificate) {
        return sha256(Certificates.der(certificate));
    }
}
