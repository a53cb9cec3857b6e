package org.chancery.bench.relay;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.chancery.bench.PooledKeys;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;

/// Thousands of people with RSA-3072 keys of a pool, made once and kept in a file.
final class People {

    private static final int PRIMES = 150;

    private final PooledKeys keys;
    private final List<byte[]> certificates;
    private final byte[] issuer;

    private People(PooledKeys keys, List<byte[]> certificates, byte[] issuer) {
        this.keys = keys;
        this.certificates = certificates;
        this.issuer = issuer;
    }

    /// As many people as that, from the file or made now.
    static People of(BenchAuthority authority, Path file, int count) throws IOException {
        if (Files.exists(file)) {
            People kept = read(file);
            if (kept.certificates.size() >= count) {
                return kept;
            }
        }
        System.err.println("making " + count + " people: a minute, once");
        People made = make(authority, count);
        made.write(file);
        return made;
    }

    private static People make(BenchAuthority authority, int count) {
        PooledKeys keys = PooledKeys.make(PRIMES, new SecureRandom());
        List<byte[]> certificates = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> authority.person(keys.key(i), address(i)))
                .toList();
        return new People(keys, certificates, authority.issuingDer());
    }

    static String address(int person) {
        return "p" + person + "@lab.example";
    }

    int count() {
        return certificates.size();
    }

    /// A person with key and chain, computed anew.
    Identity identity(int person) {
        try {
            return new Identity(keys.key(person), CertificateChain.parse(List.of(certificates.get(person), issuer)));
        } catch (MalformedCertificateException e) {
            throw new IllegalStateException("the file of people is damaged: delete it", e);
        }
    }

    /// The key of another device of somebody; numbers as of people.
    SigningKey key(int person) {
        return keys.key(person);
    }

    private static People read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            List<BigInteger> primes = new ArrayList<>();
            blobs(in).forEach(octets -> primes.add(new BigInteger(octets)));
            return new People(PooledKeys.of(primes), blobs(in), blobs(in).getFirst());
        }
    }

    private static List<byte[]> blobs(DataInputStream in) throws IOException {
        List<byte[]> blobs = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            blobs.add(in.readNBytes(in.readInt()));
        }
        return blobs;
    }

    private void write(Path file) throws IOException {
        Path arriving = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(arriving);
        Files.createFile(arriving, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(arriving)))) {
            write(out, keys.primes().stream().map(BigInteger::toByteArray).toList());
            write(out, certificates);
            write(out, List.of(issuer));
        }
        Files.move(arriving, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(DataOutputStream out, List<byte[]> blobs) throws IOException {
        out.writeInt(blobs.size());
        for (byte[] blob : blobs) {
            out.writeInt(blob.length);
            out.write(blob);
        }
    }
}
