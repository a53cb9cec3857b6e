package org.chancery.pki.path;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Judges single certificates by CRLs and OCSP responses. One for each candidate path, which it serves
/// together with the paths of those who signed the evidence: their certificates can be revoked too.
///
/// It asks itself about them, and so could go round in circles: a certificate that is being judged vouches
/// for nobody, least of all for itself, unless its issuer has written into it that it does.
final class RevocationJudge {
    /// Who signs for whom: a CRL, its signer's CRL, and that one's are more than anybody sets up.
    private static final int MAX_DEPTH = 4;

    private final Map<PathCertificate, Standing> settled = new HashMap<>();
    private final Set<PathCertificate> beingJudged = new LinkedHashSet<>();
    private final CrlJudge byCrl;
    private final OcspJudge byOcsp;

    RevocationJudge(RevocationEvidence evidence, SignerPaths signers) {
        this.byCrl = new CrlJudge(evidence, new CrlSigners(signers, this), signers.signatures());
        this.byOcsp = new OcspJudge(evidence, signers, this);
    }

    /// What the evidence says of a certificate.
    ///
    /// @param issuer the certificate whose key signed it
    Standing standing(PathCertificate certificate, PathCertificate issuer) throws PathValidationException {
        Standing known = settled.get(certificate);
        if (known != null) {
            return known;
        }
        if (beingJudged.size() == MAX_DEPTH || !beingJudged.add(certificate)) {
            return new Standing.Unknown(PathFailure.CRL_INVALID, "nobody vouches for " + certificate + " but itself");
        }
        try {
            Standing standing = either(byCrl.standing(certificate, issuer), byOcsp.standing(certificate, issuer));
            // What is unknown while another is being judged may be known once that is done.
            if (!(standing instanceof Standing.Unknown)) {
                settled.put(certificate, standing);
            }
            return standing;
        } finally {
            beingJudged.remove(certificate);
        }
    }

    /// Whether every certificate of a path is known to be good, from the anchor down to that index.
    boolean isGood(CandidatePath path, int index) throws PathValidationException {
        for (int i = path.length() - 1; i >= index; i--) {
            if (!(standing(path.certificates().get(i), path.issuerOf(i)) instanceof Standing.Good)) {
                return false;
            }
        }
        return true;
    }

    /// Revoked by one is revoked, whatever the other says; good by one is enough. Where neither knows, a
    /// CRL that is there says better what is wrong than a response that is not, and the other way round.
    private static Standing either(Standing crl, Standing ocsp) {
        if (crl instanceof Standing.Revoked || ocsp instanceof Standing.Revoked) {
            return crl instanceof Standing.Revoked ? crl : ocsp;
        }
        if (crl instanceof Standing.Good || ocsp instanceof Standing.Good) {
            return new Standing.Good();
        }
        return isMissing(crl) && !isMissing(ocsp) ? ocsp : crl;
    }

    private static boolean isMissing(Standing standing) {
        return standing instanceof Standing.Unknown(PathFailure failure, String _)
                && failure == PathFailure.CRL_MISSING;
    }
}
