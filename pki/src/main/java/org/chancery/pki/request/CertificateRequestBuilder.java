package org.chancery.pki.request;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.der.Der;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.signature.SignedStructure;

/// Makes PKCS #10 requests. Not thread safe.
public final class CertificateRequestBuilder {
    private final DistinguishedName subject;
    private final List<GeneralName> names = new ArrayList<>();
    private final List<Extension> extensions = new ArrayList<>();

    private CertificateRequestBuilder(DistinguishedName subject) {
        this.subject = subject;
    }

    /// Begins a request for a subject, which may be [DistinguishedName#EMPTY].
    public static CertificateRequestBuilder of(DistinguishedName subject) {
        return new CertificateRequestBuilder(subject);
    }

    /// Asks for a name in the subjectAlternativeName, after those there are.
    public CertificateRequestBuilder name(GeneralName name) {
        names.add(name);
        return this;
    }

    /// Asks for any other extension, after the subjectAlternativeName. An authority is free to leave it out.
    public CertificateRequestBuilder extension(Extension extension) {
        extensions.add(extension);
        return this;
    }

    /// The request in DER, signed by the key it is for.
    public byte[] build(SigningKey key) {
        ASN1EncodableVector info = new ASN1EncodableVector();
        info.add(new ASN1Integer(0));
        info.add(X500Name.getInstance(subject.principal().getEncoded()));
        info.add(SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded()));
        info.add(new DERTaggedObject(false, 0, attributes()));
        return SignedStructure.sign(Der.encode(new DERSequence(info)), key);
    }

    private DERSet attributes() {
        ASN1EncodableVector requested = new ASN1EncodableVector();
        if (!names.isEmpty()) {
            requested.add(encode(Extensions.subjectAlternativeName(names, subject.isEmpty())));
        }
        extensions.forEach(extension -> requested.add(encode(extension)));
        return requested.size() == 0
                ? new DERSet()
                : new DERSet(new Attribute(
                        PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new DERSet(new DERSequence(requested))));
    }

    private static org.bouncycastle.asn1.x509.Extension encode(Extension extension) {
        return new org.bouncycastle.asn1.x509.Extension(
                new ASN1ObjectIdentifier(extension.oid()), extension.critical(), extension.der());
    }
}
