package org.chancery.pki.sealing;

import java.security.PrivateKey;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.StapledEnvelope;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.ValidatedPath;

/// Opens letters addressed to one device, with whichever of its keys the wrap names. Thread safe; holds unwrapped
/// keys until closed, or until the key they were wrapped for is forgotten.
public final class EnvelopeOpener implements AutoCloseable {
    private final ReceivingKeys own;
    private final UnwrappedKeys unwrapped = new UnwrappedKeys();

    /// An opener for what is sealed to these keys. They are asked anew for every letter: what is unwrapped already
    /// does not open by a key that is destroyed since.
    public EnvelopeOpener(ReceivingKeys own) {
        this.own = own;
    }

    /// An opener for what is sealed to this identity's certificate.
    ///
    /// @param own the device's identity; its key must be RSA to open anything
    public EnvelopeOpener(Identity own) {
        this(ReceivingKeys.of(own));
    }

    /// Opens one delivered letter, or says why not. Nothing of the content leaves before the tag, the signer's path
    /// and the signature all hold.
    ///
    /// @param stapledDer as delivered, with this device's wrap
    /// @param expected what the content must have been signed for; not FILE
    /// @throws EnvelopeException for the first check that fails: size (TOO_LARGE), structure (MALFORMED), recipient
    ///     (NOT_ADDRESSED, or KEY_DESTROYED), wrap (WRAP_MISMATCH), commitment (COMMITMENT_MISMATCH), tag
    ///     (DECRYPTION_FAILED), structure within, purpose, header, signer, signature
    /// @throws IllegalStateException if the opener is closed
    public OpenedEnvelope open(byte[] stapledDer, ContentPurpose expected, SignerPath signers)
            throws EnvelopeException {
        StapledEnvelope envelope = parse(stapledDer);
        LetterHeader header = envelope.letter().header();
        byte[] signedData = decrypt(envelope);
        SignedLetter signed = SignedLetter.parse(signedData);
        signed.requirePurpose(expected);
        signed.requireHeader(header);
        ValidatedPath signer = find(signers, header.sender());
        signed.requireSignatureOf(signer.leaf(), expected, header);
        return new OpenedEnvelope(signed.content(), header, signer, signed.signingTime(), signedData);
    }

    private static StapledEnvelope parse(byte[] stapledDer) throws EnvelopeException {
        if (stapledDer.length > EnvelopeStapler.MAX_BYTES) {
            throw new EnvelopeException(
                    EnvelopeFailure.TOO_LARGE,
                    "envelope of " + stapledDer.length + " octets, at most " + EnvelopeStapler.MAX_BYTES);
        }
        try {
            return EnvelopeStapler.parse(stapledDer);
        } catch (MalformedEnvelopeException e) {
            throw new EnvelopeException(EnvelopeFailure.MALFORMED, "not a letter with one recipient", e);
        }
    }

    private byte[] decrypt(StapledEnvelope envelope) throws EnvelopeException {
        unwrapped.requireOpen();
        KeyTransRecipient recipient = envelope.recipient();
        PrivateKey held = switch (own.find(recipient.subjectKeyIdentifier())) {
            case ReceivingKeys.Found.Held(PrivateKey key) -> key;
            case ReceivingKeys.Found.Destroyed() ->
                throw new EnvelopeException(
                        EnvelopeFailure.KEY_DESTROYED, "the envelope's " + recipient + " has been destroyed");
            case ReceivingKeys.Found.Unknown() ->
                throw new EnvelopeException(
                        EnvelopeFailure.NOT_ADDRESSED, "the envelope's " + recipient + " is another key");
        };
        try (ContentKey key = unwrapped.unwrap(recipient, held)) {
            key.requireCommitment(envelope.letter().header());
            return key.decrypt(envelope.letter());
        }
    }

    /// Wipes what was unwrapped with a key that has been destroyed.
    public void forget(byte[] subjectKeyIdentifier) {
        unwrapped.forget(subjectKeyIdentifier);
    }

    static ValidatedPath find(SignerPath signers, DeviceId sender) throws EnvelopeException {
        ValidatedPath path;
        try {
            path = signers.find(sender)
                    .orElseThrow(() -> new EnvelopeException(
                            EnvelopeFailure.SIGNER_UNKNOWN, "no certificate known of device " + sender.hex()));
        } catch (PathValidationException e) {
            throw new EnvelopeException(
                    EnvelopeFailure.SIGNER_REFUSED, "the signer's path is refused: " + e.failure(), e);
        }
        if (!DeviceId.of(path.leaf().getPublicKey()).equals(sender)) {
            throw new EnvelopeException(
                    EnvelopeFailure.SIGNER_UNKNOWN, "the path found is not that of device " + sender.hex());
        }
        return path;
    }

    @Override
    public void close() {
        unwrapped.close();
    }
}
