package org.chancery.pki.sealing;

import java.util.Arrays;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.StapledEnvelope;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.ValidatedPath;

/// Opens letters addressed to one device. Thread safe; holds unwrapped keys until closed.
public final class EnvelopeOpener implements AutoCloseable {
    private final byte[] subjectKeyIdentifier;
    private final UnwrappedKeys keys;

    /// An opener for what is sealed to this identity.
    ///
    /// @param own the device's identity; its key must be RSA to open anything
    public EnvelopeOpener(Identity own) {
        this.subjectKeyIdentifier =
                Certificates.subjectKeyIdentifier(own.chain().leaf());
        this.keys = new UnwrappedKeys(own.key().exposedPrivateKey());
    }

    /// Opens one delivered letter, or says why not. Nothing of the content leaves before the tag, the signer's path
    /// and the signature all hold.
    ///
    /// @param stapledDer as delivered, with this device's wrap
    /// @param expected what the content must have been signed for; not FILE
    /// @throws EnvelopeException for the first check that fails: size, structure, recipient, wrap, commitment, tag,
    ///     structure within, purpose, header, signer, signature
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
        if (!Arrays.equals(envelope.recipient().subjectKeyIdentifier(), subjectKeyIdentifier)) {
            throw new EnvelopeException(
                    EnvelopeFailure.NOT_ADDRESSED, "the envelope's " + envelope.recipient() + " is another key");
        }
        try (ContentKey key = keys.unwrap(envelope.recipient())) {
            key.requireCommitment(envelope.letter().header());
            return key.decrypt(envelope.letter());
        }
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
        keys.close();
    }
}
