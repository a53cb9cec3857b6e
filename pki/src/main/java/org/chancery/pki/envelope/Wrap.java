package org.chancery.pki.envelope;

import java.util.Arrays;
import org.chancery.pki.name.DeviceId;

/// The content-encryption key of a seal for one device, as the DER of its [KeyTransRecipient].
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record Wrap(DeviceId device, byte[] recipientInfoDer) {
    /// @throws IllegalArgumentException for more octets than a recipient may have; [Seal#parse] looks inside
    public Wrap {
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
                && Arrays.equals(recipientInfoDer, that.recipientInfoDer);
    }

    @Override
    public int hashCode() {
        return 31 * device.hashCode() + Arrays.hashCode(recipientInfoDer);
    }

    @Override
    public String toString() {
        return "wrap for " + device.hex();
    }
}
