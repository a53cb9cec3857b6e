package org.chancery.pki.certificate;

import java.util.stream.Stream;

/// What a certificate is for (RFC 5280 section 4.2.1.12), with its object identifier.
public enum ExtendedKeyUsage {
    SERVER_AUTH("serverAuth", "1.3.6.1.5.5.7.3.1"),
    CLIENT_AUTH("clientAuth", "1.3.6.1.5.5.7.3.2"),
    EMAIL_PROTECTION("emailProtection", "1.3.6.1.5.5.7.3.4"),
    OCSP_SIGNING("OCSPSigning", "1.3.6.1.5.5.7.3.9");

    private final String rfcName;
    private final String oid;

    ExtendedKeyUsage(String rfcName, String oid) {
        this.rfcName = rfcName;
        this.oid = oid;
    }

    /// As RFC 5280 calls it, less `id-kp-`.
    public String rfcName() {
        return rfcName;
    }

    /// The KeyPurposeId, dotted.
    public String oid() {
        return oid;
    }

    /// The name of a purpose; of one that is not known here, the dotted identifier.
    public static String nameOf(String oid) {
        return Stream.of(values())
                .filter(usage -> usage.oid.equals(oid))
                .map(ExtendedKeyUsage::rfcName)
                .findFirst()
                .orElse(oid);
    }
}
