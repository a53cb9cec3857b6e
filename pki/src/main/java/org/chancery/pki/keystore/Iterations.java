package org.chancery.pki.keystore;

import java.math.BigInteger;

/// How often a passphrase is hashed: each round costs a guesser as much as it costs us.
final class Iterations {
    /// What is written (OWASP's figure for PBKDF2 with HMAC-SHA-256): about half a second.
    static final int WRITTEN = 600_000;
    /// What is read: some five seconds, beyond which a file is an attack on whoever opens it.
    private static final int MAX_READ = 5_000_000;

    private Iterations() {}

    /// A count that a file states.
    ///
    /// @throws KeyStoreFileException `TOO_COSTLY`, or `NOT_PKCS12` if it is not positive
    static int read(BigInteger count) throws KeyStoreFileException {
        if (count.signum() <= 0) {
            throw new KeyStoreFileException(KeyStoreFailure.NOT_PKCS12, "an iteration count that is not positive");
        }
        if (count.compareTo(BigInteger.valueOf(MAX_READ)) > 0) {
            // Not the count itself: it may have a million digits.
            throw new KeyStoreFileException(KeyStoreFailure.TOO_COSTLY, "more than " + MAX_READ + " iterations");
        }
        return count.intValueExact();
    }
}
