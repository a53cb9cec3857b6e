package org.chancery.pki.revocation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.signature.SignedStructure;

/// Signs OCSP responses as RFC 9919 wants them: the responder named by its key, its certificate sent along,
/// nextUpdate always there, no extension but the nonce.
public final class OcspSigner {
    private static final ASN1ObjectIdentifier BASIC = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.48.1.1");

    private final X509Certificate responder;
    private final SigningKey key;

    /// A responder that signs with its own key.
    ///
    /// @param responder the issuing authority itself, or who it has delegated answering to
    /// @throws IllegalArgumentException if the key is not the certificate's
    public OcspSigner(X509Certificate responder, SigningKey key) {
        if (!key.publicKey().equals(responder.getPublicKey())) {
            throw new IllegalArgumentException("the key is not the responder's");
        }
        this.responder = responder;
        this.key = key;
    }

    /// The response without an answer, which nobody signs (RFC 6960 section 2.3).
    ///
    /// @throws IllegalArgumentException if the status promises an answer
    public static OcspResponse refusing(OcspResponse.Status status) {
        if (status == OcspResponse.Status.SUCCESSFUL) {
            throw new IllegalArgumentException("a successful response has an answer");
        }
        return reread(Der.encode(new DERSequence(new ASN1Enumerated(status.code()))));
    }

    /// ResponseData as [#sign] would sign it, for those who want to look before.
    ///
    /// @throws IllegalArgumentException if an answer has no nextUpdate, or one before its thisUpdate
    public byte[] toBeSigned(OcspAnswer answer) {
        ASN1EncodableVector data = new ASN1EncodableVector();
        byte[] keyHash =
                HexFormat.of().parseHex(OcspResponderId.ByKey.of(responder).keyHash());
        data.add(new DERTaggedObject(true, 2, new DEROctetString(keyHash)));
        data.add(DerTime.generalized(answer.producedAt()));
        data.add(new DERSequence(
                answer.answers().stream().map(OcspSigner::single).toArray(ASN1Encodable[]::new)));
        answer.nonce().ifPresent(nonce -> data.add(new DERTaggedObject(true, 1, new DERSequence(nonce(nonce)))));
        return Der.encode(new DERSequence(data));
    }

    /// Signs an answer.
    ///
    /// @throws IllegalArgumentException as [#toBeSigned]
    public OcspResponse sign(OcspAnswer answer) {
        ASN1EncodableVector basic = new ASN1EncodableVector();
        for (ASN1Encodable part : ASN1Sequence.getInstance(SignedStructure.sign(toBeSigned(answer), key))) {
            basic.add(part);
        }
        basic.add(new DERTaggedObject(true, 0, new DERSequence(asn1(Certificates.der(responder)))));
        DERSequence bytes =
                new DERSequence(new ASN1Encodable[] {BASIC, new DEROctetString(Der.encode(new DERSequence(basic)))});
        return reread(Der.encode(new DERSequence(new ASN1Encodable[] {
            new ASN1Enumerated(OcspResponse.Status.SUCCESSFUL.code()), new DERTaggedObject(true, 0, bytes)
        })));
    }

    private static ASN1Encodable single(OcspSingle single) {
        var next = single.nextUpdate()
                .filter(until -> !until.isBefore(single.thisUpdate()))
                .orElseThrow(() -> new IllegalArgumentException("an answer needs a nextUpdate after its thisUpdate"));
        return new DERSequence(new ASN1Encodable[] {
            single.id().toAsn1(),
            status(single.status()),
            DerTime.generalized(single.thisUpdate()),
            new DERTaggedObject(true, 0, DerTime.generalized(next))
        });
    }

    private static ASN1Encodable status(OcspStatus status) {
        return switch (status) {
            case OcspStatus.Good _ -> new DERTaggedObject(false, 0, DERNull.INSTANCE);
            case OcspStatus.Unknown _ -> new DERTaggedObject(false, 2, DERNull.INSTANCE);
            case OcspStatus.Revoked revoked -> new DERTaggedObject(false, 1, revokedInfo(revoked));
        };
    }

    private static DERSequence revokedInfo(OcspStatus.Revoked revoked) {
        ASN1EncodableVector info = new ASN1EncodableVector();
        info.add(DerTime.generalized(revoked.at()));
        // Absent rather than unspecified, as in a CRL (RFC 5280 section 5.3.1).
        if (revoked.reason() != RevocationReason.UNSPECIFIED) {
            info.add(new DERTaggedObject(
                    true, 0, new ASN1Enumerated(revoked.reason().code())));
        }
        return new DERSequence(info);
    }

    private static Extension nonce(OcspNonce nonce) {
        return new Extension(
                new ASN1ObjectIdentifier(OcspExtensions.NONCE), false, Der.encode(new DEROctetString(nonce.octets())));
    }

    private static ASN1Primitive asn1(byte[] der) {
        try {
            return ASN1Primitive.fromByteArray(der);
        } catch (IOException e) {
            throw new UncheckedIOException("a certificate that was read is DER", e);
        }
    }

    private static OcspResponse reread(byte[] der) {
        try {
            return OcspResponse.parse(der);
        } catch (MalformedOcspException e) {
            throw new IllegalArgumentException("not a response that could be read again: " + e.getMessage(), e);
        }
    }
}
