package org.chancery.pki.sealing;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.KeyIdentifiers;
import org.chancery.pki.certificate.Receiver;
import org.chancery.pki.name.DeviceId;

/// A public key that a content-encryption key can be wrapped for. That it is the device's, and the one to use, is
/// for the caller to have verified.
public final class RecipientKey {
    private final DeviceId device;
    private final int number;
    private final RSAPublicKey key;
    private final byte[] subjectKeyIdentifier;

    private RecipientKey(DeviceId device, int number, RSAPublicKey key, byte[] subjectKeyIdentifier) {
        this.device = device;
        this.number = number;
        this.key = key;
        this.subjectKeyIdentifier = subjectKeyIdentifier;
    }

    /// An envelope key of a device, named by the identifier that this project's certificates name keys by.
    ///
    /// @param number of the key among the device's, from 1
    /// @throws IllegalArgumentException for a number below 1
    public static RecipientKey of(DeviceId device, int number, RSAPublicKey key) {
        if (number < 1) {
            throw new IllegalArgumentException("key number " + number + ", must be at least 1");
        }
        return new RecipientKey(device, number, key, KeyIdentifiers.of(key));
    }

    /// The key of a certificate, which has the number 0: for files, and for who has no envelope key.
    ///
    /// @throws EnvelopeException RECIPIENT_KEY_UNSUPPORTED for a certificate that cannot be wrapped for
    public static RecipientKey of(X509Certificate certificate) throws EnvelopeException {
        Optional<String> objection = Receiver.objection(certificate);
        PublicKey key = certificate.getPublicKey();
        if (objection.isPresent() || !(key instanceof RSAPublicKey rsa)) {
            throw new EnvelopeException(
                    EnvelopeFailure.RECIPIENT_KEY_UNSUPPORTED,
                    "the certificate of " + certificate.getSubjectX500Principal() + " "
                            + objection.orElse("has no RSA key"));
        }
        return new RecipientKey(DeviceId.of(key), 0, rsa, Certificates.subjectKeyIdentifier(certificate));
    }

    public DeviceId device() {
        return device;
    }

    /// From 1; 0 for the key of a certificate.
    public int number() {
        return number;
    }

    RSAPublicKey key() {
        return key;
    }

    byte[] subjectKeyIdentifier() {
        return subjectKeyIdentifier;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecipientKey that
                && device.equals(that.device)
                && number == that.number
                && key.equals(that.key)
                && Arrays.equals(subjectKeyIdentifier, that.subjectKeyIdentifier);
    }

    @Override
    public int hashCode() {
        return 31 * device.hashCode() + number;
    }

    @Override
    public String toString() {
        return "key " + number + " of " + device.hex();
    }
}
