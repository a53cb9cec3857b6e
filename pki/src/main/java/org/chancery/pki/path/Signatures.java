package org.chancery.pki.path;

import java.security.PublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.signature.SignatureVerifier;

/// The signatures of one request, each verified at most once.
final class Signatures {
    private final Budget budget;
    private final VerifiedSignatures before;
    private final Map<Signed, Boolean> known = new HashMap<>();
    private final Set<PathCertificate> takenAsGiven = new HashSet<>();

    private record Signed(PathCertificate certificate, PublicKey key) {}

    Signatures(Budget budget, VerifiedSignatures before) {
        this.budget = budget;
        this.before = before;
    }

    /// Whether a certificate is signed by the key of another.
    boolean isBy(PathCertificate certificate, PathCertificate issuer) throws PathValidationException {
        if (takenAsGiven.contains(certificate)) {
            return true;
        }
        Optional<PublicKey> key = issuer.publicKey();
        if (key.isEmpty()) {
            return false;
        }
        Signed question = new Signed(certificate, key.get());
        Boolean answer = known.get(question);
        if (answer == null) {
            answer = before.contains(certificate, key.get()) || verify(certificate, key.get());
            known.put(question, answer);
        }
        return answer;
    }

    /// For a certificate that is not signed yet, see [PathRehearsal].
    void takeAsGiven(PathCertificate certificate) {
        takenAsGiven.add(certificate);
    }

    private boolean verify(PathCertificate certificate, PublicKey key) throws PathValidationException {
        budget.spendSignature(key);
        CertificateFields fields = certificate.fields();
        boolean good = SignatureVerifier.of(fields.signatureAlgorithm())
                .map(verifier -> verifier.verify(key, fields.tbsCertificate(), fields.signature()))
                .orElse(false);
        if (good) {
            before.add(certificate, key);
        }
        return good;
    }
}
