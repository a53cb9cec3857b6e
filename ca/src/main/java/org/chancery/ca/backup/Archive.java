package org.chancery.ca.backup;

import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;

/// The file format of a copy: a ZIP with an authority's files under their own names, and at its end `SHA256SUMS`
/// over all of them, as `sha256sum -c` reads it.
final class Archive {
    private static final String SUMS = "SHA256SUMS";
    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})  ([^\n]+)");

    /// Every name that can stand in one. So none leads out of the directory it is unpacked into.
    private static final Pattern NAME = Pattern.compile("ledger\\.db|(?:authority|backup)\\.properties|chain\\.pem"
            + "|(?:root|issuing)(?:-[1-9][0-9]{0,3})?\\.(?:pem|p12)|crl/(?:root|issuing)(?:-[1-9][0-9]{0,3})?\\.pem"
            + "|profiles/[a-z][a-z0-9-]{0,63}\\.properties|" + SUMS);

    private static final int MAX_ENTRIES = 1000;

    /// Beyond what a ledger compresses to, and far below what a bomb expands to.
    private static final int MAX_EXPANSION = 100;

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /// All that anybody may read of an authority; the rest is its owner's.
    private static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");

    private Archive() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.equals(SUMS);
    }

    /// Writes one, mode 0600, whole or not at all.
    ///
    /// @param files by the name they get
    static void write(Path archive, Map<String, Path> files) throws IOException {
        AtomicFile.write(archive, Access.PRIVATE, false, out -> {
            Map<String, String> sums = new TreeMap<>();
            ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
            for (Map.Entry<String, Path> file : new TreeMap<>(files).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                DigestOutputStream digested = new DigestOutputStream(new Unclosed(zip), sha256());
                Files.copy(file.getValue(), digested);
                sums.put(
                        file.getKey(),
                        HexFormat.of().formatHex(digested.getMessageDigest().digest()));
                zip.closeEntry();
            }
            zip.putNextEntry(new ZipEntry(SUMS));
            zip.write(text(sums).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.finish();
        });
    }

    /// Unpacks one into a directory that is empty, or has only empty directories, and compares the sums.
    static void unpack(Path archive, Path directory) throws IOException, BackupException {
        long budget = Math.multiplyExact(Math.max(1024, Files.size(archive)), MAX_EXPANSION);
        Map<String, String> sums = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive), StandardCharsets.UTF_8)) {
            String expected = "";
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (!NAME.matcher(name).matches()) {
                    throw new BackupException(BackupFailure.MALFORMED, archive + " holds a file of another kind");
                }
                if (sums.size() > MAX_ENTRIES) {
                    throw tooLarge(archive);
                }
                Path file = directory.resolve(name);
                Files.createDirectories(file.resolveSibling("."));
                MessageDigest digest = sha256();
                budget -= copy(zip, file, digest, budget, archive);
                if (name.equals(SUMS)) {
                    expected = Files.readString(file);
                    Files.delete(file);
                } else {
                    sums.put(name, HexFormat.of().formatHex(digest.digest()));
                    if (!name.endsWith(".p12") && !name.equals("ledger.db")) {
                        Files.setPosixFilePermissions(file, PUBLIC);
                    }
                }
            }
            compare(archive, sums, expected);
        } catch (ZipException
                | EOFException
                | CharacterCodingException
                | FileAlreadyExistsException
                | IllegalArgumentException e) {
            throw new BackupException(BackupFailure.MALFORMED, archive + " is no copy of an authority", e);
        }
    }

    private static long copy(ZipInputStream zip, Path file, MessageDigest digest, long budget, Path archive)
            throws IOException, BackupException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        long copied = 0;
        try (var channel = Files.newByteChannel(file, options, PRIVATE)) {
            byte[] buffer = new byte[64 * 1024];
            for (int length = zip.read(buffer); length >= 0; length = zip.read(buffer)) {
                copied += length;
                if (copied > budget) {
                    throw tooLarge(archive);
                }
                digest.update(buffer, 0, length);
                ByteBuffer rest = ByteBuffer.wrap(buffer, 0, length);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
        }
        return copied;
    }

    private static void compare(Path archive, Map<String, String> found, String sums) throws BackupException {
        if (found.isEmpty() || sums.isEmpty()) {
            throw new BackupException(BackupFailure.MALFORMED, archive + " is no copy of an authority");
        }
        Map<String, String> expected = SUM.matcher(sums)
                .results()
                .collect(Collectors.toMap(sum -> sum.group(2), sum -> sum.group(1), (one, other) -> "twice"));
        if (!expected.equals(found)) {
            throw new BackupException(BackupFailure.DAMAGED, archive + " does not hold what its SHA256SUMS says");
        }
    }

    private static String text(Map<String, String> sums) {
        return sums.entrySet().stream()
                .map(sum -> sum.getValue() + "  " + sum.getKey() + "\n")
                .collect(Collectors.joining());
    }

    private static BackupException tooLarge(Path archive) {
        return new BackupException(BackupFailure.TOO_LARGE, archive + " holds more than an authority has");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// An entry ends, the archive does not.
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
        }

        @Override
        public void close() {}
    }
}
