package org.chancery.ca.issuance;

import java.nio.file.Path;

/// Where an authority's files lie.
///
/// | file | mode | what |
/// | --- | --- | --- |
/// | `root.p12`, `issuing.p12` | 0600 | the two keys, one passphrase; the root's can be taken away |
/// | `root.pem` | 0644 | the root certificate, what everybody pins |
/// | `chain.pem` | 0644 | the issuing certificate, then the root |
/// | `crl/root.pem`, `crl/issuing.pem` | 0644 | the newest CRL of each |
/// | `ledger.db` | 0600 | the ledger |
/// | `authority.properties` | 0644 | name, domains, ranges, address: what `init` was told |
public record AuthorityHome(Path directory) {
    public Path rootKeyStore() {
        return directory.resolve("root.p12");
    }

    public Path issuingKeyStore() {
        return directory.resolve("issuing.p12");
    }

    public Path rootPem() {
        return directory.resolve("root.pem");
    }

    public Path chainPem() {
        return directory.resolve("chain.pem");
    }

    public Path crlDirectory() {
        return directory.resolve("crl");
    }

    public Path rootCrl() {
        return crlDirectory().resolve("root.pem");
    }

    public Path issuingCrl() {
        return crlDirectory().resolve("issuing.pem");
    }

    public Path ledger() {
        return directory.resolve("ledger.db");
    }

    public Path properties() {
        return directory.resolve("authority.properties");
    }
}
