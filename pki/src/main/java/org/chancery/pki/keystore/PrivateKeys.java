package org.chancery.pki.keystore;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.chancery.pki.der.Der;
import org.chancery.pki.key.SigningKey;

/// Private keys from and to their PKCS#8 form, and whether they belong to a public one.
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

    /// The PKCS#8 form, which everybody reads: with the public half where it is an EC key's (RFC 5915 section 3).
    /// The JDK leaves that out, and GnuTLS opens no key without.
    ///
    /// @return the caller's, to be overwritten
    /// @throws IllegalArgumentException if the key is on a token, which does not give it away
    static byte[] exposedPkcs8Der(SigningKey key) {
        byte[] pkcs8 = key.exposedPrivateKey().getEncoded();
        if (pkcs8 == null) {
            throw new IllegalArgumentException("a key on a token cannot be written to a file");
        }
        if (!(key.exposedPrivateKey() instanceof ECKey ec)) {
            return pkcs8;
        }
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(pkcs8);
            ECPrivateKey alone = ECPrivateKey.getInstance(info.parsePrivateKey());
            ECPrivateKey whole = new ECPrivateKey(
                    ec.getParams().getOrder().bitLength(),
                    alone.getKey(),
                    SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded())
                            .getPublicKeyData(),
                    null);
            return Der.encode(new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), whole));
        } catch (IOException e) {
            throw new IllegalStateException("a key of the JDK's that cannot be parsed", e);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
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
