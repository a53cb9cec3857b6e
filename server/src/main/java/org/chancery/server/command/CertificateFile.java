package org.chancery.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of certificates, read whole and bounded.
final class CertificateFile {

    /// Some hundred certificates.
    private static final int MAX_OCTETS = 1 << 20;

    private CertificateFile() {}

    static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAX_OCTETS + 1);
            if (octets.length > MAX_OCTETS) {
                throw new IOException(file + " has more than " + MAX_OCTETS + " octets");
            }
            return octets;
        }
    }
}
