package org.chancery.ca.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyPairs;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;

/// A key in a PKCS#12 file, mode 0600.
public record KeyFile(Path path) implements CaKey {
    @Override
    public boolean present() {
        return Files.exists(path);
    }

    @Override
    public SigningKey open(Passphrase passphrase) throws IOException, KeyStoreFileException {
        return KeyStoreFile.open(path, passphrase).key();
    }

    @Override
    public SigningKey make(KeyAlgorithm algorithm, Passphrase passphrase, SecureRandom random) {
        return KeyPairs.generate(algorithm, random);
    }

    @Override
    public void keep(SigningKey key, List<X509Certificate> chain, Passphrase passphrase, SecureRandom random)
            throws IOException {
        KeyStoreFile.create(path, passphrase, new KeyStoreFile.Contents(key, chain, List.of()), false, random);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
