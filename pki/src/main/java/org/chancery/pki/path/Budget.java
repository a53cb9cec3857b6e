package org.chancery.pki.path;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.chancery.pki.name.GeneralName;

/// What one request may cost: certificates that were made to keep a reader busy get an answer within a
/// second, and it is [PathFailure#TOO_COMPLEX]. Each bound is many times what a path of ten certificates
/// among dozens of others needs.
final class Budget {
    /// In verifications by an RSA key of 2048 bits; some 0.1 ms each.
    private static final int SIGNATURES = 4_000;

    /// What a verification by an elliptic curve costs in these: by P-256, and by P-384. Java took 0.9 and 3.7 ms for
    /// them, and 0.06 ms for RSA, on a processor without AVX-512.
    private static final int CURVE = 12;
    private static final int LONG_CURVE = 40;
    private static final int CURVE_BITS = 256;

    /// What is hashed in the time of one.
    private static final int HASHED_OCTETS = 64 * 1024;

    private static final int RSA_BITS = 2048;
    private static final int RSA_EXPONENT_BITS = 17;

    /// Names against subtrees of name constraints.
    private static final int COMPARISONS = 250_000;

    /// A distinguished name is parsed for each.
    private static final int DIRECTORY = 20;

    /// Certificates put on top of others in the search.
    private static final int STEPS = 5_000;

    /// Pairs of certificate and possible issuer looked at, to see which way leads to an anchor.
    private static final int PAIRS = 2_000_000;

    /// Finished paths judged.
    private static final int CANDIDATES = 100;

    private int signatures = SIGNATURES;
    private int comparisons = COMPARISONS;
    private int steps = STEPS;
    private int pairs = PAIRS;
    private int candidates = CANDIDATES;

    void spendSignature(PublicKey key, int octets) throws PathValidationException {
        signatures -= cost(key) + octets / HASHED_OCTETS;
        require(signatures, "signatures");
    }

    private static int cost(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            return ec.getParams().getOrder().bitLength() > CURVE_BITS ? LONG_CURVE : CURVE;
        }
        if (!(key instanceof RSAPublicKey rsa)) {
            return LONG_CURVE;
        }
        int bits = 1 + rsa.getModulus().bitLength() / RSA_BITS;
        return bits * bits * (1 + rsa.getPublicExponent().bitLength() / RSA_EXPONENT_BITS) / 4 + 1;
    }

    void spendComparisons(int subtrees, GeneralName name) throws PathValidationException {
        comparisons -= name instanceof GeneralName.Directory ? DIRECTORY * subtrees : subtrees;
        require(comparisons, "names under name constraints");
    }

    void spendStep() throws PathValidationException {
        require(--steps, "steps of the search");
    }

    void spendPairs(int count) throws PathValidationException {
        pairs -= count;
        require(pairs, "possible issuers");
    }

    void spendCandidate() throws PathValidationException {
        require(--candidates, "possible paths");
    }

    private static void require(int left, String what) throws PathValidationException {
        if (left < 0) {
            throw new PathValidationException(
                    PathFailure.TOO_COMPLEX, PathValidationException.NO_CERTIFICATE, "too many " + what);
        }
    }
}
