package org.chancery.pki.path;

import java.util.List;
import org.chancery.pki.certificate.ExtendedKeyUsage;

/// What the target certificate is to be accepted for.
public enum Purpose {
    /// The client's side of TLS, and signing what a client signs: the certificate has clientAuth.
    CLIENT(ExtendedKeyUsage.CLIENT_AUTH.oid()),
    /// The server's side of TLS: the certificate has serverAuth.
    SERVER(ExtendedKeyUsage.SERVER_AUTH.oid()),
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

    /// Extended key usages by their names, for messages.
    static List<String> inWords(List<String> oids) {
        return oids.stream().map(ExtendedKeyUsage::nameOf).toList();
    }
}
