package org.chancery.pki.certificate;

import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What a key may do (RFC 5280 section 4.2.1.3), with its bit in the BIT STRING.
public enum KeyUsage {
    DIGITAL_SIGNATURE("digitalSignature", 0),
    NON_REPUDIATION("nonRepudiation", 1),
    KEY_ENCIPHERMENT("keyEncipherment", 2),
    DATA_ENCIPHERMENT("dataEncipherment", 3),
    KEY_AGREEMENT("keyAgreement", 4),
    KEY_CERT_SIGN("keyCertSign", 5),
    CRL_SIGN("cRLSign", 6),
    ENCIPHER_ONLY("encipherOnly", 7),
    DECIPHER_ONLY("decipherOnly", 8);

    private final String rfcName;
    private final int bit;

    KeyUsage(String rfcName, int bit) {
        this.rfcName = rfcName;
        this.bit = bit;
    }

    /// As RFC 5280 calls it.
    public String rfcName() {
        return rfcName;
    }

    /// The number of its bit, 0 the first on the wire.
    public int bit() {
        return bit;
    }

    /// Whether a certificate lets its key do this; one that does not say lets it do everything.
    public boolean isAllowedBy(X509Certificate certificate) {
        return of(certificate).map(usages -> usages.contains(this)).orElse(true);
    }

    /// What a certificate's key may do; empty if the certificate does not say, which permits everything.
    public static Optional<Set<KeyUsage>> of(X509Certificate certificate) {
        boolean[] bits = certificate.getKeyUsage();
        if (bits == null) {
            return Optional.empty();
        }
        Set<KeyUsage> usages = EnumSet.noneOf(KeyUsage.class);
        for (KeyUsage usage : values()) {
            if (usage.bit < bits.length && bits[usage.bit]) {
                usages.add(usage);
            }
        }
        return Optional.of(Set.copyOf(usages));
    }
}
