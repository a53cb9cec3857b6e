package org.chancery.server.revocation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;

/// The CRLs that were believed, on disk: a relay that starts while its authority cannot be reached goes by them,
/// and one whose source shows an older list after the start has forgotten nothing.
///
/// One file for each list of each source, `<source>-<list>.crl` in DER, the two parts 32 hexadecimal digits of the
/// SHA-256 of its name. Nothing is believed because it lies here: signatures are verified anew.
final class KeptCrls {

    private static final String SUFFIX = ".crl";
    private static final int NAME_OCTETS = 16;

    private final Path directory;
    private final Set<String> sources;

    private KeptCrls(Path directory, Set<String> sources) {
        this.directory = directory;
        this.sources = sources;
    }

    /// What is kept and what is found there.
    record Opened(KeptCrls kept, List<Crl> crls) {}

    /// Reads everything kept so far; makes the directory if needed, for the owner alone.
    ///
    /// @throws IOException if a file cannot be read or holds no CRL
    static Opened open(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        List<Crl> crls = new ArrayList<>();
        Set<String> sources = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                crls.add(read(file));
                String name = String.valueOf(file.getFileName());
                sources.add(name.substring(0, Math.max(0, name.indexOf('-'))));
            }
        }
        return new Opened(new KeptCrls(directory, sources), crls);
    }

    private static Crl read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Crl.parse(in.readNBytes(Crl.MAX_OCTETS + 1));
        } catch (MalformedCrlException e) {
            throw new IOException(
                    file + ", a CRL kept from before, is damaged (" + e.getMessage()
                            + "); delete it only where the authority's newest CRL is to be had",
                    e);
        }
    }

    /// Whether a list of that source was kept before this start.
    boolean has(CrlSource source) {
        return sources.contains(name(source.name()));
    }

    /// Keeps a list in place of the older one of its line. Any thread; those of one source one after the other.
    void keep(CrlSource source, Crl crl) throws IOException {
        String name = name(source.name()) + "-" + name(crl.line().toString()) + SUFFIX;
        AtomicFile.write(directory.resolve(name), crl.der(), Access.PRIVATE, true);
    }

    private static String name(String text) {
        byte[] digest = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, NAME_OCTETS);
    }
}
