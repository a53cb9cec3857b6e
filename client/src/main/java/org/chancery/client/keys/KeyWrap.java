package org.chancery.client.keys;

import javax.crypto.SecretKey;

/// Where the key comes from that a key file is encrypted under: of the file's own secret and one that the keystore's
/// passphrase protects, so that neither the file nor the passphrase opens it alone.
@FunctionalInterface
public interface KeyWrap {
    /// An AES-256 key.
    SecretKey exposedKeyOf(byte[] secret);
}
