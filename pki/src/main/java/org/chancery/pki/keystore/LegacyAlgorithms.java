package org.chancery.pki.keystore;

import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/// The algorithms that PKCS#12 files were protected with before PBES2, by name, so that a refusal can say what was
/// found.
final class LegacyAlgorithms {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("1.2.840.113549.1.12.1.1", "pbeWithSHAAnd128BitRC4"),
            Map.entry("1.2.840.113549.1.12.1.2", "pbeWithSHAAnd40BitRC4"),
            Map.entry("1.2.840.113549.1.12.1.3", "pbeWithSHAAnd3-KeyTripleDES-CBC"),
            Map.entry("1.2.840.113549.1.12.1.4", "pbeWithSHAAnd2-KeyTripleDES-CBC"),
            Map.entry("1.2.840.113549.1.12.1.5", "pbeWithSHAAnd128BitRC2-CBC"),
            Map.entry("1.2.840.113549.1.12.1.6", "pbeWithSHAAnd40BitRC2-CBC"),
            Map.entry("1.2.840.113549.1.5.3", "pbeWithMD5AndDES-CBC"),
            Map.entry("1.2.840.113549.1.5.10", "pbeWithSHA1AndDES-CBC"),
            Map.entry("1.2.840.113549.2.7", "hmacWithSHA1"),
            Map.entry("1.2.840.113549.3.2", "RC2-CBC"),
            Map.entry("1.2.840.113549.3.7", "DES-EDE3-CBC"),
            Map.entry("1.2.840.113549.2.5", "MD5"),
            Map.entry("1.3.14.3.2.26", "SHA-1"));

    private LegacyAlgorithms() {}

    /// The refusal of an algorithm that is not read.
    static KeyStoreFileException refusal(ASN1ObjectIdentifier algorithm) {
        String name = NAMES.get(algorithm.getId());
        return name != null
                ? new KeyStoreFileException(KeyStoreFailure.LEGACY_ALGORITHM, "the keystore is protected by " + name)
                : new KeyStoreFileException(
                        KeyStoreFailure.UNSUPPORTED, "the keystore uses the algorithm " + algorithm.getId());
    }
}
