package org.chancery.pki.envelope;

/// Puts one reader's wrap into a letter, and takes the two apart again. RecipientInfos are outside the GCM tag (RFC
/// 5083 section 2.2), so stapling needs no key; the commitment in the header says whether the wrap belongs to the
/// letter.
public final class EnvelopeStapler {
    /// Nothing longer is parsed.
    public static final int MAX_BYTES = Letter.MAX_BYTES + KeyTransRecipient.MAX_BYTES;

    private EnvelopeStapler() {}

    /// A complete CMS ContentInfo in DER that the holder of the wrap's device key opens.
    public static byte[] staple(Letter letter, Wrap wrap) {
        byte[] recipientInfoDer = wrap.recipientInfoDer();
        return letter.halves(recipientInfoDer.length).with(recipientInfoDer);
    }

    /// What the envelopes of a letter have in common: all of it but the wrap, which has so many octets. The relay makes
    /// it once for many readers.
    public static LetterHalves around(Letter letter, int wrapOctets) {
        return letter.halves(wrapOctets);
    }

    /// Takes letter and wrap apart again.
    ///
    /// @throws MalformedEnvelopeException unless these octets are exactly a letter with one recipient
    public static StapledEnvelope parse(byte[] der) throws MalformedEnvelopeException {
        LetterStructure.Parts parts = LetterStructure.parse("envelope", der, MAX_BYTES);
        if (parts.recipientInfosDer().size() != 1) {
            throw new MalformedEnvelopeException(parts.recipientInfosDer().size() + " recipients, must be 1");
        }
        return new StapledEnvelope(
                parts.letter(),
                KeyTransRecipient.parse(parts.recipientInfosDer().getFirst()));
    }
}
