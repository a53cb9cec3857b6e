package org.chancery.pki.sealing;

import java.time.Instant;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.path.ValidatedPath;

/// Verifies what was inside a letter and has come by another way: from who received it, to who did not. It says what
/// its signer said, where, and as which letter; to whom it was sealed, it does not say.
public final class LetterVerifier {
    private LetterVerifier() {}

    /// The letter, if it is one and its signer's.
    ///
    /// @param signedDataDer as [OpenedEnvelope#signedData()] gave it
    /// @param expected what the content must have been signed for; not FILE
    /// @throws EnvelopeException for the first check that fails: structure, purpose, header, signer, signature
    public static OpenedEnvelope verify(byte[] signedDataDer, ContentPurpose expected, SignerPath signers)
            throws EnvelopeException {
        SignedLetter signed = SignedLetter.parse(signedDataDer);
        signed.requirePurpose(expected);
        LetterHeader header = signed.header();
        ValidatedPath signer = EnvelopeOpener.find(signers, header.sender());
        signed.requireSignatureOf(signer.leaf(), expected, header);
        return new OpenedEnvelope(signed.content(), header, signer, signed.signingTime(), signedDataDer);
    }

    /// When a letter says that it was signed. Nothing is verified here: for one's own letters, and for those that were
    /// verified when they came.
    ///
    /// @throws EnvelopeException MALFORMED
    public static Instant claimedSigningTime(byte[] signedDataDer) throws EnvelopeException {
        return SignedLetter.parse(signedDataDer).signingTime();
    }

    /// Whose letter it says that it is. Nothing of it has been verified: for finding out what has to be known
    /// to verify it.
    ///
    /// @throws EnvelopeException MALFORMED
    public static LetterHeader claimedHeader(byte[] signedDataDer) throws EnvelopeException {
        return SignedLetter.parse(signedDataDer).header();
    }

    /// What a letter says, likewise.
    ///
    /// @throws EnvelopeException MALFORMED
    public static byte[] claimedContent(byte[] signedDataDer) throws EnvelopeException {
        return SignedLetter.parse(signedDataDer).content();
    }
}
