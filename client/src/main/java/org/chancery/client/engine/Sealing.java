package org.chancery.client.engine;

import java.time.Instant;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.OpenedEnvelope;
import org.chancery.pki.sealing.SignerPath;
import org.chancery.pki.sealing.WrittenLetter;

/// The cryptography of letters, as far as the engine sees it. They are all of the purpose CONTENT.
interface Sealing extends AutoCloseable {
    /// One key in use.
    interface Epoch extends AutoCloseable {
        Seal seal();

        /// Signs and encrypts one letter of this device.
        ///
        /// @throws EnvelopeException TOO_LARGE
        WrittenLetter letter(ChainId chain, long counter, byte[] content, Instant signingTime) throws EnvelopeException;

        /// Wipes the key.
        @Override
        void close();
    }

    /// Draws a key, and wraps it for everybody who may read.
    ///
    /// @throws EnvelopeException TOO_LARGE for more people or devices than a seal has room for
    Epoch begin(ConversationId conversation, Readership readership) throws EnvelopeException;

    /// Opens a delivered letter, or says which check failed first.
    OpenedEnvelope open(byte[] stapledDer, SignerPath signers) throws EnvelopeException;

    /// Verifies what was inside a letter and has been handed on, or says which check failed first.
    OpenedEnvelope verify(byte[] signedDataDer, SignerPath signers) throws EnvelopeException;

    /// When what was inside a letter says that it was signed. Of what has been verified before.
    ///
    /// @throws EnvelopeException MALFORMED
    Instant claimedSigningTime(byte[] signedDataDer) throws EnvelopeException;

    /// Whose it says that it is, likewise; also before anything has been verified.
    LetterHeader claimedHeader(byte[] signedDataDer) throws EnvelopeException;

    /// What it says, likewise.
    byte[] claimedContent(byte[] signedDataDer) throws EnvelopeException;

    /// Wipes what was unwrapped with a key that has been destroyed.
    void forget(byte[] subjectKeyIdentifier);

    @Override
    void close();
}
