package org.chancery.pki.sealing;

import java.security.SecureRandom;
import java.time.Instant;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.keystore.Identity;

/// One content-encryption key in use: its seal, and the letters sealed under it. Closing wipes the key. Not thread
/// safe: an epoch has one sender.
public final class SealedEpoch implements AutoCloseable {
    /// Room for the CMS structures around the content.
    private static final int MAX_CONTENT_BYTES = Letter.MAX_BYTES - 4096;

    private final Seal seal;
    private final byte[] sealId;
    private final ContentKey key;
    private final SecureRandom random;

    SealedEpoch(Seal seal, ContentKey key, SecureRandom random) {
        this.seal = seal;
        this.sealId = seal.id();
        this.key = key;
        this.random = random;
    }

    public Seal seal() {
        return seal;
    }

    /// The letter that [#write] writes, without what is inside.
    ///
    /// @throws EnvelopeException as [#write] does
    public Letter letter(
            Identity sender, ContentPurpose purpose, ChainId chain, long counter, byte[] content, Instant signingTime)
            throws EnvelopeException {
        return write(sender, purpose, chain, counter, content, signingTime).letter();
    }

    /// Signs and encrypts one letter.
    ///
    /// @param sender holds the key of the seal's sending device
    /// @param counter the letter's place in its chain, from 1
    /// @param signingTime written to the second
    /// @throws EnvelopeException TOO_LARGE for content that would not fit a letter
    /// @throws IllegalArgumentException for another sender than the seal's, for the purpose FILE, or a counter
    /// below 1
    /// @throws IllegalStateException if the epoch is closed
    public WrittenLetter write(
            Identity sender, ContentPurpose purpose, ChainId chain, long counter, byte[] content, Instant signingTime)
            throws EnvelopeException {
        if (!sender.key().deviceId().equals(seal.sender())) {
            throw new IllegalArgumentException("the seal is " + seal.sender().hex() + "'s, not this identity's");
        }
        if (content.length > MAX_CONTENT_BYTES) {
            throw new EnvelopeException(
                    EnvelopeFailure.TOO_LARGE,
                    "content of " + content.length + " octets, at most " + MAX_CONTENT_BYTES);
        }
        LetterHeader header = new LetterHeader(
                LetterHeader.VERSION, seal.conversation(), seal.sender(), sealId, chain, counter, seal.commitment());
        byte[] signedData = SignedLetter.sign(sender, purpose, header, content, signingTime);
        return new WrittenLetter(key.encrypt(header, signedData, random), signedData);
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return seal.toString();
    }
}
