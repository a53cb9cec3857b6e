package org.chancery.ca.issuance;

import java.nio.file.Path;

/// Where an authority's files lie.
///
/// | file | mode | what |
/// | --- | --- | --- |
/// | `root.p12`, `issuing.p12` | 0600 | the two keys, one passphrase; the root's can be taken away |
/// | `root.pem` | 0644 | the root certificate, what everybody pins |
/// | `issuing.pem` | 0644 | the issuing certificate |
/// | `chain.pem` | 0644 | the issuing certificate, then the root: the two that are at work |
/// | `crl/root.pem`, `crl/issuing.pem` | 0644 | the newest CRL of each |
/// | `ledger.db` | 0600 | the ledger |
/// | `audit.head` | 0644 | sequence and hash of its newest act: worth a copy elsewhere |
/// | `authority.properties` | 0644 | name, domains, ranges, address: what `init` was told |
///
/// A CA that begins later brings files of its own: `issuing-2.p12`, `issuing-2.pem`, `crl/issuing-2.pem`. Those
/// of the CA before stay where everybody knows them, until it ends; `chain.pem` alone says which one is at work.
public record AuthorityHome(Path directory) {
    /// How the files of the first root are called.
    public static final String ROOT = "root";

    /// How the files of the first issuing CA are called.
    public static final String ISSUING = "issuing";

    public Path keyStore(String ca) {
        return directory.resolve(ca + ".p12");
    }

    public Path certificate(String ca) {
        return directory.resolve(ca + ".pem");
    }

    public Path crl(String ca) {
        return crlDirectory().resolve(ca + ".pem");
    }

    public Path rootKeyStore() {
        return keyStore(ROOT);
    }

    public Path issuingKeyStore() {
        return keyStore(ISSUING);
    }

    public Path chainPem() {
        return directory.resolve("chain.pem");
    }

    public Path crlDirectory() {
        return directory.resolve("crl");
    }

    public Path rootCrl() {
        return crl(ROOT);
    }

    public Path issuingCrl() {
        return crl(ISSUING);
    }

    public Path ledger() {
        return directory.resolve("ledger.db");
    }

    public Path properties() {
        return directory.resolve("authority.properties");
    }
}
