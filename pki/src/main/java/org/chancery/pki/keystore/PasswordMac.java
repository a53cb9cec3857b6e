package org.chancery.pki.keystore;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;

/// The MAC over a PKCS#12 file under a passphrase (RFC 7292 section 4 and appendix B): HMAC with a key derived by
/// repeated hashing. It tells a wrong passphrase and any change of the file, the certificates in clear among it.
///
/// @param jcaName the JCA's name of derivation and HMAC together
@SuppressWarnings("ArrayRecordComponent") // never compared, and seen by this package alone
record PasswordMac(String jcaName, byte[] salt, int iterations) {
    private static final int SALT_OCTETS = 16;
    private static final int MAX_SALT_OCTETS = 1024;

    private static final String SHA_256 = "HmacPBESHA256";
    private static final Map<ASN1ObjectIdentifier, String> NAMES = Map.of(
            NISTObjectIdentifiers.id_sha256, SHA_256,
            NISTObjectIdentifiers.id_sha384, "HmacPBESHA384",
            NISTObjectIdentifiers.id_sha512, "HmacPBESHA512");

    /// What is written: SHA-256 and a salt never used before.
    static PasswordMac fresh(int iterations, SecureRandom random) {
        byte[] salt = new byte[SALT_OCTETS];
        random.nextBytes(salt);
        return new PasswordMac(SHA_256, salt, iterations);
    }

    /// What a file states, with every bound checked; nothing has been derived yet.
    ///
    /// @throws KeyStoreFileException `LEGACY_ALGORITHM`, `UNSUPPORTED` or `TOO_COSTLY`
    static PasswordMac of(MacData mac, Iterations iterations) throws KeyStoreFileException {
        ASN1ObjectIdentifier digest = mac.getMac().getAlgorithmId().getAlgorithm();
        String name = NAMES.get(digest);
        if (name == null) {
            throw LegacyAlgorithms.refusal(digest);
        }
        byte[] salt = mac.getSalt();
        if (salt.length == 0 || salt.length > MAX_SALT_OCTETS) {
            throw new KeyStoreFileException(KeyStoreFailure.NOT_PKCS12, "a MAC salt of impossible length");
        }
        return new PasswordMac(name, salt, iterations.spend(mac.getIterationCount()));
    }

    /// As it is written into the file; only for [#fresh].
    MacData over(byte[] content, char[] passphrase) {
        AlgorithmIdentifier sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        return new MacData(new DigestInfo(sha256, compute(content, passphrase)), salt, iterations);
    }

    /// @throws KeyStoreFileException `WRONG_PASSPHRASE` if it is another MAC
    void verify(byte[] expected, byte[] content, char[] passphrase) throws KeyStoreFileException {
        if (!MessageDigest.isEqual(expected, compute(content, passphrase))) {
            throw new KeyStoreFileException(
                    KeyStoreFailure.WRONG_PASSPHRASE, "wrong passphrase, or the file has been changed");
        }
    }

    private byte[] compute(byte[] content, char[] passphrase) {
        try (PassphraseKey key = new PassphraseKey(passphrase)) {
            Mac mac = Mac.getInstance(jcaName);
            mac.init(key, new PBEParameterSpec(salt, iterations));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks " + jcaName, e);
        }
    }
}
