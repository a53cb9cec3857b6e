package org.chancery.client.engine;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.HashedEnvelopes;
import org.chancery.pki.sealing.OpenedEnvelope;
import org.chancery.pki.sealing.ReceivingKeys;
import org.chancery.pki.sealing.SignerPath;
import org.chancery.pki.sealing.WrittenLetter;

/// The cryptography of letters by keyed hashes.
final class HashedSealing implements Sealing {
    private final Identity own;
    private final ReceivingKeys keys;
    private final SecureRandom random;

    HashedSealing(Identity own, ReceivingKeys keys, SecureRandom random) {
        this.own = own;
        this.keys = keys;
        this.random = random;
    }

    @Override
    public Epoch begin(ConversationId conversation, Readership readership) {
        return new HashedEpoch(HashedEnvelopes.draw(
                conversation,
                own.deviceId(),
                readership.membershipHead(),
                readership.members(),
                readership.recipients(),
                random));
    }

    @Override
    public OpenedEnvelope open(byte[] stapledDer, SignerPath signers) throws EnvelopeException {
        return HashedEnvelopes.open(stapledDer, keys, signers);
    }

    @Override
    public OpenedEnvelope verify(byte[] signedData, SignerPath signers) throws EnvelopeException {
        return HashedEnvelopes.verify(signedData, signers);
    }

    @Override
    public Instant claimedSigningTime(byte[] signedData) throws EnvelopeException {
        return HashedEnvelopes.claimedSigningTime(signedData);
    }

    @Override
    public LetterHeader claimedHeader(byte[] signedData) throws EnvelopeException {
        return HashedEnvelopes.claimedHeader(signedData);
    }

    @Override
    public byte[] claimedContent(byte[] signedData) throws EnvelopeException {
        return HashedEnvelopes.claimedContent(signedData);
    }

    @Override
    public void forget(byte[] subjectKeyIdentifier) {}

    @Override
    public void close() {}

    private final class HashedEpoch implements Epoch {
        private final HashedEnvelopes.Drawn drawn;

        HashedEpoch(HashedEnvelopes.Drawn drawn) {
            this.drawn = drawn;
        }

        @Override
        public Seal seal() {
            return drawn.seal();
        }

        @Override
        public WrittenLetter letter(ChainId chain, long counter, byte[] content, Instant signingTime) {
            byte[] nonce = new byte[Letter.NONCE_BYTES];
            random.nextBytes(nonce);
            LetterHeader header = new LetterHeader(
                    LetterHeader.VERSION,
                    seal().conversation(),
                    own.deviceId(),
                    seal().id(),
                    chain,
                    counter,
                    seal().commitment());
            return HashedEnvelopes.letter(drawn, header, content, signingTime.truncatedTo(ChronoUnit.SECONDS), nonce);
        }

        @Override
        public void close() {}
    }
}
