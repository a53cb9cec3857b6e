package org.chancery.pki.envelope;

import org.bouncycastle.asn1.DERSet;
import org.chancery.pki.der.Der;

/// Puts one reader's wrap into a letter, and takes the two apart again. RecipientInfos are outside the GCM tag (RFC
/// 5083 section 2.2), so stapling needs no key; the commitment in the header says whether the wrap belongs to the
/// letter.
public final class EnvelopeStapler {
    /// Nothing longer is parsed.
    public static final int MAX_BYTES = Letter.MAX_BYTES + KeyTransRecipient.MAX_BYTES;

    private EnvelopeStapler() {}

    /// A complete CMS ContentInfo in DER that the holder of the wrap's device key opens.
    ///
    /// @throws IllegalArgumentException for a wrap that is not DER at all
    public static byte[] staple(Letter letter, Wrap wrap) {
        return letter.der(new DERSet(Asn1.primitive(wrap.recipientInfoDer())));
    }

    /// Takes letter and wrap apart again.
    ///
    /// @throws MalformedEnvelopeException unless these octets are exactly a letter with one recipient
    public static StapledEnvelope parse(byte[] der) throws MalformedEnvelopeException {
        LetterStructure.Parts parts = Asn1.parse(
                "envelope",
                der,
                MAX_BYTES,
                LetterStructure::decode,
                p -> p.letter().der(p.recipientInfos()));
        if (parts.recipientInfos().size() != 1) {
            throw new MalformedEnvelopeException(parts.recipientInfos().size() + " recipients, must be 1");
        }
        byte[] recipientInfoDer = Der.encode(parts.recipientInfos().getObjectAt(0));
        return new StapledEnvelope(parts.letter(), KeyTransRecipient.parse(recipientInfoDer));
    }
}
