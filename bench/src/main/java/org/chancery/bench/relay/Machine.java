package org.chancery.bench.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What the machine can do at most, on one processor: what figures have to be read against.
final class Machine {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int COMMIT_OCTETS = 64 << 10;

    private Machine() {}

    private interface Work {
        void once() throws IOException, GeneralSecurityException;
    }

    /// One line.
    static String limits(Path directory) throws IOException, GeneralSecurityException {
        return String.format(
                Locale.ROOT,
                "%d processors, Java %s; on one of them RSA-3072 signs %.0f/s and verifies %.0f/s, P-256 signs %.0f/s (JDK); "
                        + "the disk does %.0f fdatasync/s after 64 KiB each",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                signatures("RSA", 3072, "SHA256withRSA", false),
                signatures("RSA", 3072, "SHA256withRSA", true),
                signatures("EC", 256, "SHA256withECDSA", false),
                commits(directory));
    }

    private static double signatures(String keys, int size, String algorithm, boolean verify)
            throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keys);
        generator.initialize(size);
        KeyPair pair = generator.generateKeyPair();
        byte[] data = new byte[256];
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(pair.getPrivate());
        signer.update(data);
        byte[] signature = signer.sign();
        if (!verify) {
            return rate(() -> {
                signer.update(data);
                signer.sign();
            });
        }
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(pair.getPublic());
        return rate(() -> {
            verifier.update(data);
            if (!verifier.verify(signature)) {
                throw new GeneralSecurityException("not verified");
            }
        });
    }

    private static double commits(Path directory) throws IOException, GeneralSecurityException {
        Path file = Files.createTempFile(directory, "disk", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return rate(() -> {
                channel.write(ByteBuffer.allocate(COMMIT_OCTETS));
                channel.force(false);
            });
        } finally {
            Files.delete(file);
        }
    }

    /// A second to warm up, a second that counts.
    private static double rate(Work work) throws IOException, GeneralSecurityException {
        count(work);
        return count(work);
    }

    private static double count(Work work) throws IOException, GeneralSecurityException {
        long start = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - start < NANOS) {
            work.once();
            count++;
        }
        return (double) count * NANOS / (System.nanoTime() - start);
    }
}
