package org.chancery.pki.key;

/// Why a public key was refused.
public enum KeyFailure {
    /// Not RSA, P-256 or P-384, or not a public key at all.
    UNSUPPORTED_ALGORITHM,
    /// An RSA modulus shorter than the policy's minimum.
    TOO_SHORT,
    /// An RSA modulus so long that verifying with it is a burden.
    TOO_LONG,
    /// An RSA exponent that is even, below 65537 or above 256 bits.
    BAD_EXPONENT,
    /// An RSA modulus with a small factor.
    BAD_MODULUS,
    /// An RSA modulus made by the generator of CVE-2017-15361.
    ROCA,
    /// An RSA modulus whose primes are found from its root.
    CLOSE_PRIMES,
    /// A point that is not on its curve.
    BAD_POINT
}
