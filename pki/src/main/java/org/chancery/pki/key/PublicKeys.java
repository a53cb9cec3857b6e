package org.chancery.pki.key;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;

/// Public keys from their SubjectPublicKeyInfo.
public final class PublicKeys {
    private PublicKeys() {}

    /// Reads an RSA or EC key. It may still be weak: ask a [KeyPolicy].
    ///
    /// @throws WeakKeyException with [KeyFailure#UNSUPPORTED_ALGORITHM] if it is another kind of key, or none
    public static PublicKey parse(byte[] subjectPublicKeyInfoDer) throws WeakKeyException {
        try {
            var algorithm = Der.read(
                    subjectPublicKeyInfoDer,
                    info -> SubjectPublicKeyInfo.getInstance(info)
                            .getAlgorithm()
                            .getAlgorithm());
            String jcaName;
            if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
                jcaName = "RSA";
            } else if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
                jcaName = "EC";
            } else {
                throw new WeakKeyException(
                        KeyFailure.UNSUPPORTED_ALGORITHM,
                        "key of algorithm %s, RSA or EC required".formatted(algorithm));
            }
            return KeyFactory.getInstance(jcaName).generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfoDer));
        } catch (MalformedDerException | InvalidKeySpecException e) {
            throw new WeakKeyException(KeyFailure.UNSUPPORTED_ALGORITHM, "not a public key that can be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has RSA and EC", e);
        }
    }
}
