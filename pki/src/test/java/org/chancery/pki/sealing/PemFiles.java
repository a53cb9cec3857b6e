package org.chancery.pki.sealing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;

/// Identities as files that `openssl` reads.
final class PemFiles {
    private PemFiles() {}

    /// NAME.pem is the certificate, NAME.key its key.
    static void write(Path directory, String name, Identity identity) throws IOException {
        writeCertificates(
                directory.resolve(name + ".pem"), List.of(identity.chain().leaf()));
        byte[] privateKey = identity.key().exposedPrivateKey().getEncoded();
        Files.writeString(directory.resolve(name + ".key"), Pem.encode(PemLabel.PRIVATE_KEY, privateKey));
    }

    static void writeCertificates(Path file, Collection<X509Certificate> certificates) throws IOException {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append(Pem.encode(PemLabel.CERTIFICATE, Certificates.der(certificate)));
        }
        Files.writeString(file, pem);
    }
}
