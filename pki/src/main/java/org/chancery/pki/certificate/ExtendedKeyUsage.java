package org.chancery.pki.certificate;

/// What a certificate is for (RFC 5280 section 4.2.1.12), with its object identifier.
public enum ExtendedKeyUsage {
    SERVER_AUTH("1.3.6.1.5.5.7.3.1"),
    CLIENT_AUTH("1.3.6.1.5.5.7.3.2"),
    EMAIL_PROTECTION("1.3.6.1.5.5.7.3.4"),
    OCSP_SIGNING("1.3.6.1.5.5.7.3.9");

    private final String oid;

    ExtendedKeyUsage(String oid) {
        this.oid = oid;
    }

    /// The KeyPurposeId, dotted.
    public String oid() {
        return oid;
    }
}
