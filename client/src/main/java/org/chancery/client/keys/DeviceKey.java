package org.chancery.client.keys;

import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import org.chancery.pki.certificate.KeyIdentifiers;
import org.chancery.pki.sealing.ReceivingKeys;

/// An envelope key that is held.
public final class DeviceKey {
    private final int number;
    private final Instant start;
    private final RSAPrivateCrtKey privateKey;
    private final RSAPublicKey publicKey;

    DeviceKey(int number, Instant start, RSAPrivateCrtKey privateKey, RSAPublicKey publicKey) {
        this.number = number;
        this.start = start;
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    public int number() {
        return number;
    }

    /// When it was made, to the millisecond.
    public Instant start() {
        return start;
    }

    public RSAPublicKey publicKey() {
        return publicKey;
    }

    byte[] subjectKeyIdentifier() {
        return KeyIdentifiers.of(publicKey);
    }

    ReceivingKeys.Found.Held found() {
        return new ReceivingKeys.Found.Held(privateKey);
    }

    /// PKCS#8, the caller's to wipe.
    byte[] exposedPrivateKeyDer() {
        return privateKey.getEncoded();
    }

    /// Says nothing of the key.
    @Override
    public String toString() {
        return "envelope key " + number + " since " + start;
    }
}
