package org.chancery.pki.path;

import java.util.Optional;

/// Where revocation is required: there is fresh evidence for each certificate of the path that it is not
/// revoked. The anchor is not looked up: nobody above could have revoked it.
final class RevocationRule implements PathRule {
    @Override
    public void check(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        Optional<RevocationEvidence> evidence = RevocationEvidence.of(
                inquiry.request().revocation(), inquiry.request().at());
        if (evidence.isEmpty()) {
            return;
        }
        RevocationJudge judge = new RevocationJudge(evidence.get(), inquiry.signersFor(path));
        // From the anchor down: a revoked issuer's word on its own certificates is worth nothing.
        for (int i = path.length() - 1; i >= 0; i--) {
            switch (judge.standing(path.certificates().get(i), path.issuerOf(i))) {
                case Standing.Good _ -> {}
                case Standing.Revoked(var entry) -> throw PathValidationException.revoked(i, entry);
                case Standing.Unknown(PathFailure failure, String why) ->
                    throw new PathValidationException(failure, i, why);
            }
        }
    }
}
