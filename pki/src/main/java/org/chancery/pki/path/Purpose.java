package org.chancery.pki.path;

/// What the target certificate is to be accepted for.
public enum Purpose {
    /// The client's side of TLS, and signing what a client signs: the certificate has clientAuth.
    CLIENT("1.3.6.1.5.5.7.3.2"),
    /// The server's side of TLS: the certificate has serverAuth.
    SERVER("1.3.6.1.5.5.7.3.1"),
    /// Any: neither key usage nor extended key usage of the target is looked at.
    ANY("2.5.29.37.0");

    private final String oid;

    Purpose(String oid) {
        this.oid = oid;
    }

    /// The extended key usage it asks for.
    String oid() {
        return oid;
    }
}
