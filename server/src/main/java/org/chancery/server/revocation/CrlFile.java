package org.chancery.server.revocation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;
import org.jspecify.annotations.Nullable;

/// One file of CRLs, PEM or DER, looked at again and again. Whoever writes it replaces it as a whole; if not, a
/// half-written one is malformed now and read again at its next change.
final class CrlFile implements CrlSource {

    /// A quarter of the second in which the revoked are gone.
    private static final Duration INTERVAL = Duration.ofMillis(250);

    /// What changes when the file does, its replacement by another one included.
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {}

    private final Path path;
    private @Nullable Stamp seen;

    CrlFile(Path path) {
        this.path = path;
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public Optional<List<Crl>> changed() throws IOException, MalformedPemException, MalformedCrlException {
        Stamp stamp = stamp();
        if (Objects.equals(stamp, seen)) {
            return Optional.empty();
        }
        seen = stamp; // taken before reading: what is written meanwhile is seen next time
        return Optional.of(parse(read()));
    }

    /// All CRLs of some octets, PEM or DER.
    static List<Crl> parse(byte[] octets) throws MalformedPemException, MalformedCrlException {
        List<Crl> crls = new ArrayList<>();
        for (byte[] der : Pem.derOf(octets, PemLabel.X509_CRL)) {
            crls.add(Crl.parse(der));
        }
        return crls;
    }

    private Stamp stamp() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    private byte[] read() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] octets = in.readNBytes(Pem.MAX_OCTETS + 1);
            if (octets.length > Pem.MAX_OCTETS) {
                throw new IOException(path + " has more than " + Pem.MAX_OCTETS + " octets");
            }
            return octets;
        }
    }
}
