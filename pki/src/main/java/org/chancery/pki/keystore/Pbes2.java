package org.chancery.pki.keystore;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/// Encryption under a passphrase: PBES2 of RFC 8018 with PBKDF2, HMAC over SHA-2 and AES-CBC. What it looks like is
/// Bouncy Castle's business, what it computes the JCA's. CBC has no integrity of its own: the MAC over the file
/// comes first.
///
/// @param prf JCA name of the key derivation
/// @param keyBits length of the AES key
@SuppressWarnings("ArrayRecordComponent") // never compared, and seen by this package alone
record Pbes2(String prf, byte[] salt, int iterations, int keyBits, byte[] iv) {
    private static final int SALT_OCTETS = 16;
    /// One block of AES.
    private static final int IV_OCTETS = 16;
    /// More salt than that adds work, not strength.
    private static final int MAX_SALT_OCTETS = 1024;

    private static final String SHA_256 = "PBKDF2WithHmacSHA256";
    private static final Map<ASN1ObjectIdentifier, String> PRFS = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA256, SHA_256,
            PKCSObjectIdentifiers.id_hmacWithSHA384, "PBKDF2WithHmacSHA384",
            PKCSObjectIdentifiers.id_hmacWithSHA512, "PBKDF2WithHmacSHA512");
    private static final Map<ASN1ObjectIdentifier, Integer> CIPHERS = Map.of(
            NISTObjectIdentifiers.id_aes128_CBC, 128,
            NISTObjectIdentifiers.id_aes192_CBC, 192,
            NISTObjectIdentifiers.id_aes256_CBC, 256);

    /// What is written: HMAC-SHA-256, AES-256, a salt and an initialisation vector never used before.
    static Pbes2 fresh(int iterations, SecureRandom random) {
        byte[] salt = new byte[SALT_OCTETS];
        random.nextBytes(salt);
        byte[] iv = new byte[IV_OCTETS];
        random.nextBytes(iv);
        return new Pbes2(SHA_256, salt, iterations, 256, iv);
    }

    /// What a file states, with every bound checked; nothing has been derived yet.
    ///
    /// @throws KeyStoreFileException `LEGACY_ALGORITHM`, `UNSUPPORTED` or `TOO_COSTLY`
    static Pbes2 of(AlgorithmIdentifier algorithm, Iterations iterations) throws KeyStoreFileException {
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
            throw LegacyAlgorithms.refusal(algorithm.getAlgorithm());
        }
        PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
        KeyDerivationFunc derivation = parameters.getKeyDerivationFunc();
        if (!derivation.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
            throw LegacyAlgorithms.refusal(derivation.getAlgorithm());
        }
        PBKDF2Params pbkdf2 = PBKDF2Params.getInstance(derivation.getParameters());
        EncryptionScheme encryption = parameters.getEncryptionScheme();
        Integer keyBits = CIPHERS.get(encryption.getAlgorithm());
        if (keyBits == null) {
            throw LegacyAlgorithms.refusal(encryption.getAlgorithm());
        }
        String prf = PRFS.get(pbkdf2.getPrf().getAlgorithm());
        if (prf == null) {
            throw LegacyAlgorithms.refusal(pbkdf2.getPrf().getAlgorithm());
        }
        byte[] iv = ASN1OctetString.getInstance(encryption.getParameters()).getOctets();
        byte[] salt = pbkdf2.getSalt();
        if (iv.length != IV_OCTETS || salt.length == 0 || salt.length > MAX_SALT_OCTETS) {
            throw new KeyStoreFileException(
                    KeyStoreFailure.NOT_PKCS12, "a salt or initialisation vector of impossible length");
        }
        return new Pbes2(prf, salt, iterations.spend(pbkdf2.getIterationCount()), keyBits, iv);
    }

    /// As it is written into the file; only for [#fresh].
    AlgorithmIdentifier algorithm() {
        AlgorithmIdentifier hmac = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
        PBKDF2Params pbkdf2 = new PBKDF2Params(salt, iterations, keyBits / Byte.SIZE, hmac);
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_PBES2,
                new PBES2Parameters(
                        new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, pbkdf2),
                        new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv))));
    }

    byte[] encrypt(byte[] plain, char[] passphrase) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, passphrase).doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks PBKDF2 or AES", e);
        }
    }

    /// @throws KeyStoreFileException `WRONG_PASSPHRASE` if the padding is wrong
    byte[] decrypt(byte[] encrypted, char[] passphrase) throws KeyStoreFileException {
        try {
            return cipher(Cipher.DECRYPT_MODE, passphrase).doFinal(encrypted);
        } catch (GeneralSecurityException e) {
            throw new KeyStoreFileException(
                    KeyStoreFailure.WRONG_PASSPHRASE, "the key is not encrypted under this passphrase", e);
        }
    }

    private Cipher cipher(int mode, char[] passphrase) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, keyBits);
        byte[] key = new byte[0];
        try {
            key = SecretKeyFactory.getInstance(prf).generateSecret(spec).getEncoded();
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher;
        } finally {
            spec.clearPassword();
            Arrays.fill(key, (byte) 0);
        }
    }
}
