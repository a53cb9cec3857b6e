package org.chancery.bench;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.certificate.CertificateChain;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Certificates a second, each on disk before it is handed out, beside the signatures a second that any RSA-3072
/// authority on this JDK needs at least.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class IssuanceBenchmark {
    /// The JDK's own, over as many octets as a certificate has.
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls generate first
    public static class Key {
        private final byte[] message = new byte[700];
        private KeyPair pair;

        /// Makes the key.
        @Setup(Level.Trial)
        public void generate() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(3072);
            pair = generator.generateKeyPair();
        }
    }

    /// What it is measured against.
    @Benchmark
    public byte[] signatures(Key key) throws Exception {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.pair.getPrivate());
        signature.update(key.message);
        return signature.sign();
    }

    /// From a parsed request to a certificate that may be handed out.
    @Benchmark
    public CertificateChain certificates(Workshop workshop) throws Exception {
        return workshop.certify();
    }
}
