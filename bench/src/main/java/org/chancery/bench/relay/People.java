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
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;

/// Thousands of people with RSA-3072 keys, made once and kept in a file. Every key is the product of two primes of a
/// small pool, and differs from every other: made honestly they would take an hour. Such keys are for measuring only;
/// an authority refuses them, for who has two of them has the primes.
final class People {

    private static final int PRIMES = 150;
    private static final int PRIME_BITS = 1536;
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

    private final List<BigInteger> primes;
    private final List<byte[]> certificates;
    private final byte[] issuer;

    private People(List<BigInteger> primes, List<byte[]> certificates, byte[] issuer) {
        this.primes = primes;
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
        SecureRandom random = new SecureRandom();
        List<BigInteger> primes = IntStream.range(0, PRIMES)
                .parallel()
                .mapToObj(_ -> prime(random))
                .toList();
        List<byte[]> certificates = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> authority.person(key(primes, i), address(i)))
                .toList();
        return new People(primes, certificates, authority.issuingDer());
    }

    /// With the two highest bits set, so that two of them give 3072 bits.
    private static BigInteger prime(SecureRandom random) {
        BigInteger prime;
        do {
            prime = new BigInteger(PRIME_BITS, random)
                    .setBit(PRIME_BITS - 1)
                    .setBit(PRIME_BITS - 2)
                    .nextProbablePrime();
        } while (!prime.subtract(BigInteger.ONE).gcd(EXPONENT).equals(BigInteger.ONE));
        return prime;
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
            return new Identity(key(primes, person), CertificateChain.parse(List.of(certificates.get(person), issuer)));
        } catch (MalformedCertificateException e) {
            throw new IllegalStateException("the file of people is damaged: delete it", e);
        }
    }

    /// The key of another device of somebody; numbers as of people.
    SigningKey key(int person) {
        return key(primes, person);
    }

    private static SigningKey key(List<BigInteger> primes, int number) {
        int left = number;
        int first = 0;
        while (left >= PRIMES - 1 - first) {
            left -= PRIMES - 1 - first;
            first++;
        }
        return key(primes.get(first), primes.get(first + 1 + left));
    }

    private static SigningKey key(BigInteger p, BigInteger q) {
        BigInteger n = p.multiply(q);
        BigInteger p1 = p.subtract(BigInteger.ONE);
        BigInteger q1 = q.subtract(BigInteger.ONE);
        BigInteger d = EXPONENT.modInverse(p1.multiply(q1));
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            byte[] pkcs8 = factory.generatePrivate(
                            new RSAPrivateCrtKeySpec(n, EXPONENT, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p)))
                    .getEncoded();
            return SigningKey.of(
                    (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
                    factory.generatePublic(new RSAPublicKeySpec(n, EXPONENT)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    private static People read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            List<BigInteger> primes = new ArrayList<>();
            blobs(in).forEach(octets -> primes.add(new BigInteger(octets)));
            return new People(primes, blobs(in), blobs(in).getFirst());
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
            write(out, primes.stream().map(BigInteger::toByteArray).toList());
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
