package org.chancery.bench;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Certificates a second, each on disk before it is handed out, beside the signatures a second that any RSA-3072
/// authority on this JDK needs at least. The two take turns, an iteration each, in one process: on a machine that does
/// other work too, two runs one after the other have nothing to do with each other.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class IssuanceBenchmark {
    /// Whose turn it is: signatures in the first iteration, and in each second one after it.
    @State(Scope.Benchmark)
    public static class Turn {
        private boolean certificates = true;

        /// Passes it on.
        @Setup(Level.Iteration)
        public void next() {
            certificates = !certificates;
        }
    }

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

        byte[] sign() throws Exception {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        }
    }

    /// A signature, or the whole way from a parsed request to a certificate that may be handed out.
    @Benchmark
    public Object signatureOrCertificate(Turn turn, Key key, Workshop workshop) throws Exception {
        return turn.certificates ? workshop.certify() : key.sign();
    }
}
