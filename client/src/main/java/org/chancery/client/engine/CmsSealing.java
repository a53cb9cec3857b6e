package org.chancery.client.engine;

import java.security.SecureRandom;
import java.time.Instant;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.EnvelopeOpener;
import org.chancery.pki.sealing.EnvelopeSealer;
import org.chancery.pki.sealing.LetterVerifier;
import org.chancery.pki.sealing.OpenedEnvelope;
import org.chancery.pki.sealing.ReceivingKeys;
import org.chancery.pki.sealing.SealedEpoch;
import org.chancery.pki.sealing.SignerPath;
import org.chancery.pki.sealing.WrittenLetter;

/// Letters as CMS, sealed and opened by this device.
final class CmsSealing implements Sealing {
    private final Identity own;
    private final EnvelopeSealer sealer;
    private final EnvelopeOpener opener;

    /// @param keys that letters are opened with
    CmsSealing(Identity own, ReceivingKeys keys, SecureRandom random) {
        this.own = own;
        this.sealer = new EnvelopeSealer(random);
        this.opener = new EnvelopeOpener(keys);
    }

    @Override
    public Epoch begin(ConversationId conversation, Readership readership) throws EnvelopeException {
        return new CmsEpoch(sealer.newEpoch(
                conversation,
                own.deviceId(),
                readership.membershipHead(),
                readership.members(),
                readership.recipients()));
    }

    @Override
    public OpenedEnvelope open(byte[] stapledDer, SignerPath signers) throws EnvelopeException {
        return opener.open(stapledDer, ContentPurpose.CONTENT, signers);
    }

    @Override
    public OpenedEnvelope verify(byte[] signedDataDer, SignerPath signers) throws EnvelopeException {
        return LetterVerifier.verify(signedDataDer, ContentPurpose.CONTENT, signers);
    }

    @Override
    public Instant claimedSigningTime(byte[] signedDataDer) throws EnvelopeException {
        return LetterVerifier.claimedSigningTime(signedDataDer);
    }

    @Override
    public LetterHeader claimedHeader(byte[] signedDataDer) throws EnvelopeException {
        return LetterVerifier.claimedHeader(signedDataDer);
    }

    @Override
    public byte[] claimedContent(byte[] signedDataDer) throws EnvelopeException {
        return LetterVerifier.claimedContent(signedDataDer);
    }

    @Override
    public void forget(byte[] subjectKeyIdentifier) {
        opener.forget(subjectKeyIdentifier);
    }

    @Override
    public void close() {
        opener.close();
    }

    private final class CmsEpoch implements Epoch {
        private final SealedEpoch epoch;

        CmsEpoch(SealedEpoch epoch) {
            this.epoch = epoch;
        }

        @Override
        public Seal seal() {
            return epoch.seal();
        }

        @Override
        public WrittenLetter letter(ChainId chain, long counter, byte[] content, Instant signingTime)
                throws EnvelopeException {
            return epoch.write(own, ContentPurpose.CONTENT, chain, counter, content, signingTime);
        }

        @Override
        public void close() {
            epoch.close();
        }
    }
}
