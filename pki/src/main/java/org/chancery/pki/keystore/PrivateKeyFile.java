package org.chancery.pki.keystore;

import java.security.PrivateKey;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;

/// A private key on its own, in PKCS #8 and PEM (RFC 5958, RFC 7468 sections 10 and 11): what `openssl genpkey` and
/// `openssl pkcs12 -nocerts` write. Read only; what this project writes is a keystore.
public final class PrivateKeyFile {
    private final PemLabel label;
    private final byte[] der;

    private PrivateKeyFile(PemLabel label, byte[] der) {
        this.label = label;
        this.der = der;
    }

    /// Finds the one private key in PEM, whatever else stands beside it.
    ///
    /// @throws KeyStoreFileException `NO_KEY`, `SEVERAL_KEYS`, or `UNSUPPORTED` for what is no PEM of this kind
    public static PrivateKeyFile parse(byte[] pem) throws KeyStoreFileException {
        try {
            var keys = Pem.parse(pem).stream()
                    .filter(block ->
                            block.label() == PemLabel.PRIVATE_KEY || block.label() == PemLabel.ENCRYPTED_PRIVATE_KEY)
                    .toList();
            if (keys.size() > 1) {
                throw new KeyStoreFileException(
                        KeyStoreFailure.SEVERAL_KEYS, keys.size() + " private keys, one expected");
            }
            if (keys.isEmpty()) {
                throw new KeyStoreFileException(KeyStoreFailure.NO_KEY, "no private key in PKCS #8");
            }
            return new PrivateKeyFile(keys.getFirst().label(), keys.getFirst().der());
        } catch (MalformedPemException e) {
            throw new KeyStoreFileException(KeyStoreFailure.UNSUPPORTED, "no private key: " + e.getMessage(), e);
        }
    }

    /// Whether a passphrase protects it.
    public boolean encrypted() {
        return label == PemLabel.ENCRYPTED_PRIVATE_KEY;
    }

    /// The key with its certificates.
    ///
    /// @param passphrase not looked at unless the key is encrypted
    /// @throws KeyStoreFileException as [KeyStoreFile#open] for the key; `NO_CERTIFICATE` if the leaf is not for it
    public Identity identity(Passphrase passphrase, CertificateChain chain) throws KeyStoreFileException {
        byte[] pkcs8Der = encrypted() ? decrypt(passphrase) : der.clone();
        try {
            PrivateKey key = PrivateKeys.parse(pkcs8Der);
            var publicKey = chain.leaf().getPublicKey();
            if (!PrivateKeys.belongTogether(key, publicKey)) {
                throw new KeyStoreFileException(
                        KeyStoreFailure.NO_CERTIFICATE, "the certificate is not for this private key");
            }
            return new Identity(SigningKey.of(key, publicKey), chain);
        } finally {
            Arrays.fill(pkcs8Der, (byte) 0);
        }
    }

    private byte[] decrypt(Passphrase passphrase) throws KeyStoreFileException {
        EncryptedPrivateKeyInfo info = KeyStoreReader.parse(der, EncryptedPrivateKeyInfo::getInstance);
        Pbes2 encryption = KeyStoreReader.parse(der, _ -> Pbes2.of(info.getEncryptionAlgorithm(), new Iterations()));
        char[] characters = passphrase.exposedCharacters();
        try {
            return encryption.decrypt(info.getEncryptedData(), characters);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    @Override
    public String toString() {
        return "PrivateKeyFile[" + label.text() + "]";
    }
}
