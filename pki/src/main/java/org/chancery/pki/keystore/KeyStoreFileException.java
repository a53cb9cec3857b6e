package org.chancery.pki.keystore;

import java.util.Optional;

/// A keystore that cannot be used, and why. Messages name algorithms and counts, never a secret.
public final class KeyStoreFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final KeyStoreFailure failure;

    KeyStoreFileException(KeyStoreFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    KeyStoreFileException(KeyStoreFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /// The reason, for a program to decide by.
    public KeyStoreFailure failure() {
        return failure;
    }

    /// What the person can do about it, where something helps.
    public Optional<String> hint() {
        return switch (failure) {
            case WRONG_PASSPHRASE -> Optional.of("give the passphrase it was made with");
            case LEGACY_ALGORITHM ->
                Optional.of(
                        "convert it: openssl pkcs12 -legacy -in OLD.p12 -nodes | openssl pkcs12 -export -out NEW.p12");
            case NO_INTEGRITY -> Optional.of("export it again without -nomac");
            case PENDING -> Optional.of("have the request signed, then import the certificate");
            case NO_KEY -> Optional.of("a keystore holds a private key; certificates alone go into PEM files");
            default -> Optional.empty();
        };
    }
}
