package org.chancery.protocol.key;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// What a device says of a key that it receives with, before it has signed it.
///
/// @param number among the device's keys, from 1; of two the higher counts
/// @param key RSA of 3072 bits with the exponent 65537
/// @param start when it was made, by the device's clock, to the millisecond
public record EnvelopeKey(Address address, DeviceId device, int number, RSAPublicKey key, Instant start) {

    public static final int BITS = 3072;

    /// How often a device publishes a new one while it is online.
    public static final Duration RENEWED_AFTER = Duration.ofDays(7);

    /// How long after its start senders seal to it, if there is no newer one. Then the device is dormant.
    public static final Duration ACCEPTED_FOR = Duration.ofDays(30);

    /// How long after its start it is destroyed at the latest.
    public static final Duration DESTROYED_AFTER = Duration.ofDays(60);

    private static final BigInteger EXPONENT = RSAKeyGenParameterSpec.F4;

    /// @throws IllegalArgumentException for a number below 1, or another kind of key
    public EnvelopeKey {
        if (number < 1) {
            throw new IllegalArgumentException("key number " + number + ", must be at least 1");
        }
        if (!key.getAlgorithm().equals("RSA")
                || key.getModulus().bitLength() != BITS
                || !key.getPublicExponent().equals(EXPONENT)) {
            throw new IllegalArgumentException("an envelope key is RSA of " + BITS + " bits with the exponent 65537");
        }
        start = start.truncatedTo(ChronoUnit.MILLIS);
    }

    /// Whether senders seal to it. At the end of its time it is the device that is dormant.
    public boolean isAccepted(Instant now) {
        return now.isBefore(start.plus(ACCEPTED_FOR));
    }

    /// The octets to sign: there is one encoding.
    public byte[] encode() {
        return EnvelopeKeyCodec.encode(this);
    }

    /// The key of signed octets. What is accepted encodes to the same octets again.
    ///
    /// @throws EnvelopeKeyException MALFORMED, WEAK_KEY
    public static EnvelopeKey decode(byte[] octets) throws EnvelopeKeyException {
        return EnvelopeKeyCodec.decode(octets);
    }

    /// Without the key itself.
    @Override
    public String toString() {
        return "envelope key " + number + " of " + address + ", " + device + ", since " + start;
    }
}
