package org.chancery.ca.issuance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.chancery.ca.key.CaKey;
import org.chancery.ca.key.KeyFile;
import org.chancery.ca.key.Pkcs11Uri;
import org.chancery.ca.key.TokenKey;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;

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

    /// Where its key lies, if that is a token.
    public Optional<Pkcs11Uri> token() {
        return key instanceof TokenKey(Pkcs11Uri uri) ? Optional.of(uri) : Optional.empty();
    }

    /// Whether anybody can still need a CRL of it.
    public boolean hasEnded(Instant now) {
        return now.isAfter(certificate.getNotAfter().toInstant());
    }

    /// Its CRL as published; empty if there is none, or none that it signed.
    public Optional<Crl> publishedCrl() throws IOException {
        try {
            byte[] content = Files.readAllBytes(crlFile);
            Crl crl = Crl.parse(Pem.derOf(content, PemLabel.X509_CRL).getFirst());
            return Optional.of(crl).filter(read -> read.verifiedBy(certificate));
        } catch (NoSuchFileException | MalformedPemException | MalformedCrlException e) {
            // What cannot be read is as good as not there, and cured the same way.
            return Optional.empty();
        }
    }
}
