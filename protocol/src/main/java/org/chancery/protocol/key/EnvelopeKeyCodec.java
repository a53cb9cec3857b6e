package org.chancery.protocol.key;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import org.chancery.pki.key.KeyPolicy;
import org.chancery.pki.key.PublicKeys;
import org.chancery.pki.key.WeakKeyException;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;

/// [EnvelopeKey] to octets and back: an `EnvelopeKey` of `chat.proto`. Nothing is accepted that would not be written
/// again as it stood.
final class EnvelopeKeyCodec {

    /// An address of 254 octets, an RSA key of 3072 bits (422 octets), and what is around them.
    private static final int MAX_BYTES = 1024;

    private EnvelopeKeyCodec() {}

    static byte[] encode(EnvelopeKey key) {
        return org.chancery.protocol.wire.EnvelopeKey.newBuilder()
                .setAddress(key.address().value())
                .setDevice(ByteString.copyFrom(key.device().bytes()))
                .setNumber(key.number())
                .setKey(ByteString.copyFrom(key.key().getEncoded()))
                .setStartMillis(key.start().toEpochMilli())
                .build()
                .toByteArray();
    }

    static EnvelopeKey decode(byte[] octets) throws EnvelopeKeyException {
        if (octets.length > MAX_BYTES) {
            throw malformed("envelope key of " + octets.length + " octets, at most " + MAX_BYTES);
        }
        EnvelopeKey key;
        try {
            key = key(org.chancery.protocol.wire.EnvelopeKey.parseFrom(octets));
        } catch (InvalidProtocolBufferException | MalformedNameException | IllegalArgumentException e) {
            throw malformed("no envelope key: " + e.getMessage());
        }
        if (!Arrays.equals(encode(key), octets)) {
            throw malformed("not the one encoding of this envelope key");
        }
        return key;
    }

    private static EnvelopeKey key(org.chancery.protocol.wire.EnvelopeKey wire)
            throws EnvelopeKeyException, MalformedNameException {
        return new EnvelopeKey(
                Address.parseCanonical(wire.getAddress()),
                DeviceId.ofBytes(wire.getDevice().toByteArray()),
                wire.getNumber(),
                rsa(wire.getKey().toByteArray()),
                Instant.ofEpochMilli(wire.getStartMillis()));
    }

    private static RSAPublicKey rsa(byte[] subjectPublicKeyInfoDer) throws EnvelopeKeyException {
        try {
            if (PublicKeys.parse(subjectPublicKeyInfoDer) instanceof RSAPublicKey rsa) {
                new KeyPolicy(EnvelopeKey.BITS).check(rsa);
                return rsa;
            }
        } catch (WeakKeyException e) {
            throw new EnvelopeKeyException(EnvelopeKeyFailure.WEAK_KEY, e.getMessage(), e);
        }
        throw new EnvelopeKeyException(EnvelopeKeyFailure.WEAK_KEY, "an envelope key is RSA");
    }

    private static EnvelopeKeyException malformed(String message) {
        return new EnvelopeKeyException(EnvelopeKeyFailure.MALFORMED, message);
    }
}
