package org.chancery.pki.key;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;

/// Public keys from their SubjectPublicKeyInfo.
public final class PublicKeys {
    private PublicKeys() {}

    /// The octets of a key's BIT STRING, which identifiers of keys are hashes of. Whatever its unused bits are said to
    /// be: of a key that somebody else encoded, they need not be none.
    ///
    /// @throws IllegalArgumentException if the key has no encoding that can be read
    public static byte[] bits(PublicKey key) {
        try {
            DerCursor info = DerCursor.of(key.getEncoded()).enter(DerCursor.SEQUENCE);
            info.value(DerCursor.SEQUENCE);
            byte[] contents = info.contents(DerCursor.BIT_STRING);
            info.end();
            return Arrays.copyOfRange(contents, Math.min(1, contents.length), contents.length);
        } catch (MalformedDerException e) {
            throw new IllegalArgumentException("a public key that cannot be read: " + e.getMessage(), e);
        }
    }

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
