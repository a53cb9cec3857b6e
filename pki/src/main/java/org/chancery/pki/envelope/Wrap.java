package org.chancery.pki.envelope;

import java.util.Arrays;
import org.chancery.pki.name.DeviceId;

/// The content-encryption key of a seal for one device, as the DER of its [KeyTransRecipient].
///
/// @param keyNumber which of the device's envelope keys it is wrapped for, from 1; 0 for the key of its certificate
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record Wrap(DeviceId device, int keyNumber, byte[] recipientInfoDer) {
    /// @throws IllegalArgumentException for a number below 0, or more octets than a recipient may have;
    /// [Seal#parse] looks inside
    public Wrap {
        if (keyNumber < 0) {
            throw new IllegalArgumentException("key number " + keyNumber + ", must be at least 0");
        }
        if (recipientInfoDer.length > KeyTransRecipient.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "recipient of " + recipientInfoDer.length + " octets, at most " + KeyTransRecipient.MAX_BYTES);
        }
        recipientInfoDer = recipientInfoDer.clone();
    }

    @Override
    public byte[] recipientInfoDer() {
        return recipientInfoDer.clone();
    }

    /// Octets of the DER.
    public int length() {
        return recipientInfoDer.length;
    }

    /// Copies the DER to where it is sent from.
    ///
    /// @return where it ends
    public int copyTo(byte[] target, int offset) {
        System.arraycopy(recipientInfoDer, 0, target, offset, recipientInfoDer.length);
        return offset + recipientInfoDer.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Wrap that
                && device.equals(that.device)
                && keyNumber == that.keyNumber
                && Arrays.equals(recipientInfoDer, that.recipientInfoDer);
    }

    @Override
    public int hashCode() {
        return 31 * device.hashCode() + Arrays.hashCode(recipientInfoDer);
    }

    @Override
    public String toString() {
        return "wrap for key " + keyNumber + " of " + device.hex();
    }
}
