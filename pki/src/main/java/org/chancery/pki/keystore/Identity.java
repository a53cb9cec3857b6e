package org.chancery.pki.keystore;

import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;

/// A private key and the certificates that say whose it is: what a program is on the network.
public record Identity(SigningKey key, CertificateChain chain) {
    public Identity {
        if (!chain.leaf().getPublicKey().equals(key.publicKey())) {
            throw new IllegalArgumentException("the certificate is for another key");
        }
    }

    /// The device this is.
    public DeviceId deviceId() {
        return key.deviceId();
    }

    /// The address in the certificate.
    ///
    /// @throws MalformedNameException if it has none, as a relay's, or more than one
    public Address address() throws MalformedNameException {
        return Address.of(chain.leaf());
    }

    @Override
    public String toString() {
        return "Identity[" + chain.leaf().getSubjectX500Principal().getName() + ", device " + deviceId() + "]";
    }
}
