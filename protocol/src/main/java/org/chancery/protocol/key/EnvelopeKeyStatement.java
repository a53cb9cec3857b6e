package org.chancery.protocol.key;

import java.time.Instant;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.key.KeyInspection;
import org.chancery.pki.key.WeakKeyException;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.VerifiedRecord;

/// The proof that a device said of itself with which key it receives. Whether that is its newest, and whether the
/// device receives at all, is for others to say.
public final class EnvelopeKeyStatement {

    private final EnvelopeKey key;
    private final Instant signedAt;
    private final EncodedRecord record;
    private final Digest hash;

    private EnvelopeKeyStatement(EnvelopeKey key, VerifiedRecord record) {
        this.key = key;
        this.signedAt = record.signingTimes().getFirst();
        this.record = record.record().encoded();
        this.hash = record.record().hash();
    }

    /// What a record says of a device's key.
    ///
    /// @param record verified for the purpose `ENVELOPE_KEY`
    /// @throws EnvelopeKeyException any [EnvelopeKeyFailure]
    public static EnvelopeKeyStatement of(VerifiedRecord record) throws EnvelopeKeyException {
        EnvelopeKey key = EnvelopeKey.decode(record.content());
        ValidatedPath signer = record.signers().getFirst();
        if (record.signers().size() != 1
                || !DeviceId.of(signer.leaf().getPublicKey()).equals(key.device())) {
            throw new EnvelopeKeyException(
                    EnvelopeKeyFailure.OTHER_DEVICE, "an envelope key is signed by its device, alone");
        }
        if (!signer.isOf(key.address())) {
            throw new EnvelopeKeyException(
                    EnvelopeKeyFailure.OTHER_ADDRESS, "signed with a certificate for another address");
        }
        // A signing time is written to the second.
        if (key.start().getEpochSecond() > record.signingTimes().getFirst().getEpochSecond()) {
            throw new EnvelopeKeyException(EnvelopeKeyFailure.STARTS_LATER, "it begins after it was signed");
        }
        return new EnvelopeKeyStatement(key, record);
    }

    /// Looks for what a broken generator does to keys, which costs too much to be done for every sender: the device
    /// does it when it has made the key, and the relay when it takes it.
    ///
    /// @throws EnvelopeKeyException WEAK_KEY
    public void inspect() throws EnvelopeKeyException {
        try {
            KeyInspection.inspect(key.key());
        } catch (WeakKeyException e) {
            throw new EnvelopeKeyException(EnvelopeKeyFailure.WEAK_KEY, e.getMessage(), e);
        }
    }

    public EnvelopeKey key() {
        return key;
    }

    /// By the device's clock, to the second.
    public Instant signedAt() {
        return signedAt;
    }

    /// The signed record.
    public EncodedRecord record() {
        return record;
    }

    /// SHA-256 over the record.
    public Digest hash() {
        return hash;
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
