package org.chancery.server.revocation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.file.WatchedFiles;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;

/// One file of CRLs, PEM or DER, looked at again and again. Whoever writes it replaces it as a whole; if not, a
/// half-written one is malformed now and read again when it has changed.
final class CrlFile implements CrlSource {

    /// A quarter of the second in which the revoked are gone.
    private static final Duration INTERVAL = Duration.ofMillis(250);

    /// Of what could not be read, or is malformed: a large list keeps a processor busy for a while.
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Path path;
    private final WatchedFiles watched;

    CrlFile(Path path) {
        this(path, RETRY);
    }

    CrlFile(Path path, Duration retry) {
        this.path = path;
        this.watched = new WatchedFiles(List.of(path), retry);
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
        if (!watched.changed()) {
            return Optional.empty();
        }
        List<Crl> crls = parse(read());
        watched.takeOver();
        return Optional.of(crls);
    }

    @Override
    public void forget() {
        watched.forget();
    }

    /// All CRLs of some octets, PEM or DER.
    static List<Crl> parse(byte[] octets) throws MalformedPemException, MalformedCrlException {
        List<Crl> crls = new ArrayList<>();
        for (byte[] der : Pem.derOf(octets, PemLabel.X509_CRL)) {
            crls.add(Crl.parse(der));
        }
        return crls;
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
