package org.chancery.pki.cms;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.envelope.ContentPurpose;

/// The attributes a signature covers (RFC 5652 section 5.3): content type, message digest, signing time, the
/// signer's certificate by hash (ESSCertIDv2, RFC 5035).
public final class SignedAttributes {
    public static final ASN1ObjectIdentifier SIGNING_CERTIFICATE = PKCSObjectIdentifiers.id_aa_signingCertificateV2;

    private SignedAttributes() {}

    /// Of whatever says by its own content what it is: files and records.
    public static DERSet of(ContentPurpose purpose, byte[] digest, Instant signingTime, X509Certificate signer) {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(attribute(CMSAttributes.contentType, new ASN1ObjectIdentifier(purpose.oid())));
        attributes.add(attribute(CMSAttributes.messageDigest, new DEROctetString(digest)));
        attributes.add(attribute(CMSAttributes.signingTime, DerTime.of(signingTime)));
        attributes.add(attribute(SIGNING_CERTIFICATE, signingCertificate(signer)));
        return new DERSet(attributes);
    }

    /// The one value of an attribute.
    ///
    /// @throws IllegalArgumentException if it is not there, for the seam that calls this to report
    public static ASN1Encodable value(ASN1Set attributes, ASN1ObjectIdentifier type) {
        for (ASN1Encodable element : attributes) {
            Attribute attribute = Attribute.getInstance(element);
            if (attribute.getAttrType().equals(type)
                    && attribute.getAttrValues().size() == 1) {
                return attribute.getAttrValues().getObjectAt(0);
            }
        }
        throw new IllegalArgumentException("no signed attribute " + type);
    }

    public static boolean has(ASN1Set attributes, ASN1ObjectIdentifier type) {
        for (ASN1Encodable element : attributes) {
            if (Attribute.getInstance(element).getAttrType().equals(type)) {
                return true;
            }
        }
        return false;
    }

    /// Names the certificate by its SHA-256, and nothing else.
    public static SigningCertificateV2 signingCertificate(X509Certificate signer) {
        return new SigningCertificateV2(new ESSCertIDv2(Cms.sha256(signer)));
    }

    private static DERSequence attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return Cms.sequence(type, new DERSet(value));
    }
}
