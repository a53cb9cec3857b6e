package org.chancery.pki.envelope;

import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;

/// The AuthEnvelopedData of a letter (RFC 5083, RFC 5084), drawn in [Letter], both ways.
///
/// Decoding only finds the parts; that everything else is as drawn is proved by encoding them again (see
/// [Asn1#parse]).
final class LetterStructure {
    record Parts(Letter letter, ASN1Set recipientInfos) {}

    private LetterStructure() {}

    static DERSequence encode(
            LetterHeader header, ASN1Set recipientInfos, byte[] nonce, byte[] ciphertext, byte[] tag) {
        DERSequence headerInfo = Asn1.sequence(LetterHeader.oid(), header.encode());
        DERSequence originatorInfo = Asn1.sequence(implicit(0, new DERSet(implicit(3, headerInfo))));
        DERSequence aes256Gcm =
                Asn1.sequence(NISTObjectIdentifiers.id_aes256_GCM, new GCMParameters(nonce, Letter.TAG_BYTES));
        DERSequence encryptedContentInfo =
                Asn1.sequence(CMSObjectIdentifiers.data, aes256Gcm, implicit(0, new DEROctetString(ciphertext)));
        DERSequence authEnvelopedData = Asn1.sequence(
                new ASN1Integer(0),
                implicit(0, originatorInfo),
                recipientInfos,
                encryptedContentInfo,
                new DEROctetString(tag));
        return Asn1.sequence(CMSObjectIdentifiers.authEnvelopedData, new DERTaggedObject(true, 0, authEnvelopedData));
    }

    static Parts decode(ASN1Primitive contentInfo) {
        ASN1TaggedObject content = ASN1TaggedObject.getInstance(
                ASN1Sequence.getInstance(contentInfo).getObjectAt(1));
        ASN1Sequence authEnvelopedData = ASN1Sequence.getInstance(content, true);
        ASN1Sequence originatorInfo =
                ASN1Sequence.getInstance(ASN1TaggedObject.getInstance(authEnvelopedData.getObjectAt(1)), false);
        ASN1Set certificates = ASN1Set.getInstance(ASN1TaggedObject.getInstance(originatorInfo.getObjectAt(0)), false);
        ASN1Sequence headerInfo =
                ASN1Sequence.getInstance(ASN1TaggedObject.getInstance(certificates.getObjectAt(0)), false);
        ASN1Sequence encryptedContentInfo = Asn1.sequence(authEnvelopedData, 3);
        GCMParameters gcm =
                GCMParameters.getInstance(Asn1.sequence(encryptedContentInfo, 1).getObjectAt(1));
        Letter letter = new Letter(
                LetterHeader.decode(Asn1.sequence(headerInfo, 1)),
                gcm.getNonce(),
                ASN1OctetString.getInstance(ASN1TaggedObject.getInstance(encryptedContentInfo.getObjectAt(2)), false)
                        .getOctets(),
                Asn1.octets(authEnvelopedData, 4));
        return new Parts(letter, ASN1Set.getInstance(authEnvelopedData.getObjectAt(2)));
    }

    private static DERTaggedObject implicit(int tag, ASN1Primitive value) {
        return new DERTaggedObject(false, tag, value);
    }
}
