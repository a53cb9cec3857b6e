package org.chancery.pki.path;

import java.security.PublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.OcspResponse;
import org.chancery.pki.signature.SignatureVerifier;

/// The signatures of one request, those of CRLs and OCSP responses among them, each verified at most once.
final class Signatures {
    private final Budget budget;
    private final VerifiedSignatures before;
    private final Map<Signed, Boolean> known = new HashMap<>();
    private final Set<PathCertificate> takenAsGiven = new HashSet<>();

    /// Something and who may have signed it; a list or response is the same only if it is the same object.
    private record Signed(Object what, Object by) {}

    private interface Verification {
        boolean holds() throws PathValidationException;
    }

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
        return answer(
                new Signed(certificate, key.get()),
                () -> before.contains(certificate, key.get()) || verify(certificate, key.get()));
    }

    /// Whether a list is signed by a key.
    boolean isBy(Crl crl, PublicKey key) throws PathValidationException {
        return answer(new Signed(crl, key), () -> {
            budget.spendSignature(key, crl.length());
            return crl.signedBy(key);
        });
    }

    /// Whether a response names this certificate as its responder's and is signed by its key, which must be
    /// one we accept.
    boolean isBy(OcspResponse response, PathCertificate responder) throws PathValidationException {
        Optional<PublicKey> key = responder.publicKey();
        return key.isPresent()
                && answer(new Signed(response, responder), () -> {
                    budget.spendSignature(key.get(), OcspResponse.MAX_OCTETS);
                    return response.signedBy(responder.certificate());
                });
    }

    private boolean answer(Signed question, Verification verification) throws PathValidationException {
        Boolean answer = known.get(question);
        if (answer == null) {
            answer = verification.holds();
            known.put(question, answer);
        }
        return answer;
    }

    /// For a certificate that is not signed yet, see [PathRehearsal].
    void takeAsGiven(PathCertificate certificate) {
        takenAsGiven.add(certificate);
    }

    private boolean verify(PathCertificate certificate, PublicKey key) throws PathValidationException {
        CertificateFields fields = certificate.fields();
        budget.spendSignature(key, fields.tbsCertificate().length);
        boolean good = SignatureVerifier.of(fields.signatureAlgorithm())
                .map(verifier -> verifier.verify(key, fields.tbsCertificate(), fields.signature()))
                .orElse(false);
        if (good) {
            before.add(certificate, key);
        }
        return good;
    }
}
