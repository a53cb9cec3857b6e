package org.chancery.pki.keystore;

/// Why a keystore or its passphrase is refused.
public enum KeyStoreFailure {
    /// Not a PKCS#12 file, or one that contradicts itself.
    NOT_PKCS12,
    /// The passphrase is wrong, or the file was changed since it was written: the MAC cannot tell these apart.
    WRONG_PASSPHRASE,
    /// More octets, or more parts, than a keystore of one identity has.
    TOO_LARGE,
    /// An iteration count above the bound: opening it would take minutes.
    TOO_COSTLY,
    /// No MAC: anyone could have exchanged the pinned root.
    NO_INTEGRITY,
    /// Protected by RC2, 3DES or SHA-1.
    LEGACY_ALGORITHM,
    /// Another algorithm or kind of entry that is not read.
    UNSUPPORTED,
    /// No private key in it.
    NO_KEY,
    /// More than one private key: which one is meant cannot be known.
    SEVERAL_KEYS,
    /// No certificate belongs to the private key.
    NO_CERTIFICATE,
    /// A certificate was asked for, but only the request has been made yet.
    PENDING,
    /// An empty, overlong or unreadable passphrase.
    MALFORMED_PASSPHRASE
}
