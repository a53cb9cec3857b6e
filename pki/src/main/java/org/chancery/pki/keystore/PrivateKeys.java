package org.chancery.pki.keystore;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// Private keys from their PKCS#8 form, and whether they belong to a public one.
final class PrivateKeys {
    private PrivateKeys() {}

    /// Reads an RSA or EC key.
    ///
    /// @throws KeyStoreFileException `UNSUPPORTED` if it is another kind of key, `NOT_PKCS12` if it is none
    static PrivateKey parse(byte[] pkcs8Der) throws KeyStoreFileException {
        ASN1ObjectIdentifier algorithm = KeyStoreReader.parse(
                pkcs8Der,
                info -> PrivateKeyInfo.getInstance(info)
                        .getPrivateKeyAlgorithm()
                        .getAlgorithm());
        String jcaName;
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            jcaName = "RSA";
        } else if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            jcaName = "EC";
        } else {
            throw new KeyStoreFileException(
                    KeyStoreFailure.UNSUPPORTED, "a private key of algorithm " + algorithm.getId());
        }
        try {
            return KeyFactory.getInstance(jcaName).generatePrivate(new PKCS8EncodedKeySpec(pkcs8Der));
        } catch (InvalidKeySpecException e) {
            // Without the cause: its message may show parts of the key.
            throw new KeyStoreFileException(KeyStoreFailure.NOT_PKCS12, "a malformed private key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA and EC", e);
        }
    }

    /// Whether they are the halves of one pair. RSA keys show it; for EC a signature is made and verified.
    static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) {
        if (privateKey instanceof RSAKey mine && publicKey instanceof RSAKey theirs) {
            return mine.getModulus().equals(theirs.getModulus());
        }
        if (!privateKey.getAlgorithm().equals("EC") || !publicKey.getAlgorithm().equals("EC")) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(privateKey);
            byte[] proof = signature.sign();
            signature.initVerify(publicKey);
            return signature.verify(proof);
        } catch (InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has ECDSA", e);
        }
    }
}
