package org.chancery.pki.sealing;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.cms.Cms;
import org.chancery.pki.cms.SignedAttributes;
import org.chancery.pki.der.Der;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.key.SignatureScheme;
import org.chancery.pki.keystore.Identity;

/// The DER around a file's octets.
///
/// ```
/// ContentInfo { id-ct-authEnvelopedData, AuthEnvelopedData {
///   version 0, recipientInfos,
///   authEncryptedContentInfo { id-data, aes256-GCM { nonce, 16 }, ciphertext of
///     ContentInfo { id-signedData, SignedData {
///       version 3, digestAlgorithms { sha256 }, encapContentInfo { id-data, octets }, certificates, signerInfos } } },
///   mac (SIZE (16)) } }
/// ```
///
/// The outer type is id-data, as RFC 5083 section 2.1 wants where there are no authenticated attributes.
final class FileStructure {
    /// Identifier and length of the tag, which follows the ciphertext.
    static final byte[] MAC_HEADER = Surround.header(BERTags.OCTET_STRING, Letter.TAG_BYTES);

    private static final int SEQUENCE = BERTags.CONSTRUCTED | BERTags.SEQUENCE;
    private static final int EXPLICIT_0 = BERTags.CONSTRUCTED | BERTags.CONTEXT_SPECIFIC;
    private static final int IMPLICIT_PRIMITIVE_0 = BERTags.CONTEXT_SPECIFIC;

    private FileStructure() {}

    static Surround signedData(Identity signer, Instant signingTime, long length, byte[] digest) {
        byte[] beforeContent = Surround.join(Der.encode(new ASN1Integer(3)), Der.encode(new DERSet(Cms.SHA_256)));
        byte[] afterContent = Surround.join(
                Der.encode(Cms.implicit(0, certificates(signer))),
                Der.encode(new DERSet(signerInfo(
                        signer,
                        SignedAttributes.of(
                                ContentPurpose.FILE,
                                digest,
                                signingTime,
                                signer.chain().leaf())))));
        return Surround.primitive(BERTags.OCTET_STRING, length)
                .within(EXPLICIT_0)
                .within(SEQUENCE, Der.encode(CMSObjectIdentifiers.data), new byte[0])
                .within(SEQUENCE, beforeContent, afterContent)
                .within(EXPLICIT_0)
                .within(SEQUENCE, Der.encode(CMSObjectIdentifiers.signedData), new byte[0]);
    }

    /// All but the tag, which is written last; its octets are counted.
    static Surround authEnvelopedData(DERSet recipientInfos, byte[] nonce, long length) {
        byte[] mac = Surround.join(MAC_HEADER, new byte[Letter.TAG_BYTES]);
        DERSequence aes256Gcm =
                Cms.sequence(NISTObjectIdentifiers.id_aes256_GCM, new GCMParameters(nonce, Letter.TAG_BYTES));
        return Surround.primitive(IMPLICIT_PRIMITIVE_0, length)
                .within(
                        SEQUENCE,
                        Surround.join(Der.encode(CMSObjectIdentifiers.data), Der.encode(aes256Gcm)),
                        new byte[0])
                .within(SEQUENCE, Surround.join(Der.encode(new ASN1Integer(0)), Der.encode(recipientInfos)), mac)
                .within(EXPLICIT_0)
                .within(SEQUENCE, Der.encode(CMSObjectIdentifiers.authEnvelopedData), new byte[0]);
    }

    private static DERSet certificates(Identity signer) {
        ASN1EncodableVector certificates = new ASN1EncodableVector();
        for (X509Certificate certificate : signer.chain().certificates()) {
            certificates.add(Cms.primitive(Certificates.der(certificate)));
        }
        return new DERSet(certificates);
    }

    private static DERSequence signerInfo(Identity signer, DERSet attributes) {
        X509Certificate certificate = signer.chain().leaf();
        SignatureScheme scheme = SignatureScheme.forSignedData(certificate.getPublicKey());
        return Cms.signerInfo(
                Certificates.subjectKeyIdentifier(certificate),
                attributes,
                AlgorithmIdentifier.getInstance(scheme.algorithmIdentifierDer()),
                signer.key().sign(scheme, Der.encode(attributes)));
    }
}
