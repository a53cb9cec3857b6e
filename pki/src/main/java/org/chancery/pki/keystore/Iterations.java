package org.chancery.pki.keystore;

import java.math.BigInteger;

/// How often a passphrase may be hashed for one file: each round costs a guesser as much as it costs us.
final class Iterations {
    /// What is written (OWASP's figure for PBKDF2 with HMAC-SHA-256): about half a second.
    static final int WRITTEN = 600_000;
    /// What is read, of all counts in one file together: some seconds, beyond which a file is an attack on whoever
    /// opens it.
    private static final int MAX_READ = 5_000_000;

    private int left = MAX_READ;

    /// A count that a file states, spent of what is left.
    ///
    /// @throws KeyStoreFileException `TOO_COSTLY`, or `NOT_PKCS12` if it is not positive
    int spend(BigInteger count) throws KeyStoreFileException {
        if (count.signum() <= 0) {
            throw new KeyStoreFileException(KeyStoreFailure.NOT_PKCS12, "an iteration count that is not positive");
        }
        if (count.compareTo(BigInteger.valueOf(left)) > 0) {
            // Not the count itself: it may have a million digits.
            throw new KeyStoreFileException(KeyStoreFailure.TOO_COSTLY, "more than " + MAX_READ + " iterations in all");
        }
        left -= count.intValueExact();
        return count.intValueExact();
    }
}
