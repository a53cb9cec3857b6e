package org.chancery.ca.issuance;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.chancery.ca.key.CaKey;
import org.chancery.ca.key.KeyFile;
import org.chancery.pki.name.DeviceId;

/// One CA of the authority, at work or still publishing CRLs for what it once signed.
///
/// @param name how its files are called: `root`, `issuing`, `issuing-2`
/// @param certificate its newest
/// @param crlFile where its newest CRL lies
public record Ca(String name, X509Certificate certificate, CaKey key, Path crlFile) {
    /// By which the ledger knows the issuer of a certificate or a CRL.
    public DeviceId keyId() {
        return DeviceId.of(certificate.getPublicKey());
    }

    /// Whether its key lies in a file of the home.
    public boolean keyFileIsHere() {
        return key instanceof KeyFile file && file.present();
    }

    /// Whether anybody can still need a CRL of it.
    public boolean hasEnded(Instant now) {
        return now.isAfter(certificate.getNotAfter().toInstant());
    }
}
