package org.chancery.ca.key;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;

/// The place of a CA's private key. Nothing is opened before it is asked for.
public sealed interface CaKey permits KeyFile, TokenKey {
    /// Reads a place as people write it: `pkcs11:...` (RFC 7512), else the name of a PKCS#12 file.
    ///
    /// @throws CaKeyException if it is neither
    static CaKey parse(String text) throws CaKeyException {
        if (text.startsWith(Pkcs11Uri.SCHEME)) {
            return new TokenKey(Pkcs11Uri.parse(text));
        }
        try {
            return new KeyFile(Path.of(text));
        } catch (InvalidPathException e) {
            throw new CaKeyException(CaKeyFailure.MALFORMED, "neither a file nor a pkcs11: URI: " + text, e);
        }
    }

    /// Whether there is a key, as far as can be told without the passphrase.
    boolean present();

    /// The key, ready to sign.
    ///
    /// @param passphrase of the file, or the PIN of the token; stays the caller's
    SigningKey open(Passphrase passphrase) throws IOException, KeyStoreFileException, CaKeyException;

    /// A new key, or on a token the one that is waiting there under this name. It stays for good only by
    /// [#keep].
    SigningKey make(KeyAlgorithm algorithm, Passphrase passphrase, SecureRandom random)
            throws IOException, CaKeyException;

    /// Puts a key that [#make] gave where it belongs, with its certificates.
    ///
    /// @param chain the key's own certificate first
    void keep(SigningKey key, List<X509Certificate> chain, Passphrase passphrase, SecureRandom random)
            throws IOException, CaKeyException;
}
