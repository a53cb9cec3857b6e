package org.chancery.pki.sealing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.pki.cms.Cms;
import org.chancery.pki.file.TemporaryFile;

/// Octets read once from a stream and needed twice: their length and digest first, then themselves.
///
/// They lie in a file that has no name any more, encrypted under a key that exists only here: neither a crash nor
/// the disk afterwards has them in the clear.
final class Spool implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 16;

    private final FileChannel file;
    private final byte[] key = new byte[32];
    private final byte[] initialCounter = new byte[16];
    private long length;
    private byte[] digest = {};

    private Spool(FileChannel file, SecureRandom random) {
        this.file = file;
        random.nextBytes(key);
        random.nextBytes(initialCounter);
    }

    /// Reads all of a stream, into the directory where the file `beside` is or will be.
    ///
    /// @throws EnvelopeException TOO_LARGE for more than `maxBytes`
    static Spool of(InputStream in, long maxBytes, Path beside, SecureRandom random)
            throws IOException, EnvelopeException {
        // On POSIX, DELETE_ON_CLOSE takes the name away as soon as the file is open.
        TemporaryFile temporary = TemporaryFile.beside(beside);
        FileChannel file;
        try {
            file = FileChannel.open(
                    temporary.path(),
                    Set.of(
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileSystemException e) {
            throw temporary.toldOfTarget(e);
        }
        Spool spool = new Spool(file, random);
        try {
            spool.fill(in, maxBytes);
            return spool;
        } catch (IOException | EnvelopeException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    private void fill(InputStream in, long maxBytes) throws IOException, EnvelopeException {
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE);
        MessageDigest sha256 = Cms.sha256();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            length += n;
            if (length > maxBytes) {
                throw new EnvelopeException(EnvelopeFailure.TOO_LARGE, "more than " + maxBytes + " octets");
            }
            sha256.update(chunk, 0, n);
            write(cipher.update(chunk, 0, n));
        }
        digest = sha256.digest();
    }

    private void write(byte[] octets) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }

    long length() {
        return length;
    }

    byte[] sha256() {
        return digest.clone();
    }

    /// The octets again, from the first. Closing the stream closes the spool.
    InputStream open() throws IOException {
        file.position(0);
        return new CipherInputStream(Channels.newInputStream(file), cipher(Cipher.DECRYPT_MODE));
    }

    private Cipher cipher(int mode) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(initialCounter));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks AES-256 in counter mode", e);
        }
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(key, (byte) 0);
        file.close();
    }
}
