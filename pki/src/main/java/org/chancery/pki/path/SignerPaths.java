package org.chancery.pki.path;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.name.CanonicalName;

/// Finds who may have signed a CRL or an OCSP response: certificates of a name, each with a path to the
/// anchor of the candidate it is needed for and to no other (RFC 5280 section 6.3.3 (f)).
///
/// The paths found are good in all but revocation, which whoever asks judges next: a signer's own
/// certificate can be revoked too. The signatures on the way are verified once for the whole request, and
/// count against its one budget.
final class SignerPaths {
    /// Equally named certificates looked at; a change of keys makes two, a cross-certificate three.
    private static final int MAX_SIGNERS = 8;

    private final CandidatePath path;
    private final Inquiry inquiry;

    SignerPaths(CandidatePath path, Inquiry inquiry) {
        this.path = path;
        this.inquiry = inquiry;
    }

    /// Paths whose first certificate has this subject and may use its key so; those whose key identifier
    /// fits first. The anchor of the candidate itself is a path without certificates.
    ///
    /// @param more certificates that came with what was signed, beyond those of the request
    /// @param authorityKeyIdentifier a hint only
    /// @throws PathValidationException only if the request's budget is spent
    List<CandidatePath> find(
            CanonicalName subject,
            Optional<KeyIdentifier> authorityKeyIdentifier,
            KeyUsage usage,
            Collection<PathCertificate> more)
            throws PathValidationException {
        List<CandidatePath> found = new ArrayList<>();
        if (path.anchor().subject().equals(subject) && path.anchor().allows(usage)) {
            found.add(new CandidatePath(List.of(), path.anchor()));
        }
        List<PathCertificate> known = new ArrayList<>(path.certificates());
        known.addAll(more);
        List<PathCertificate> untrusted = inquiry.untrustedAnd(known);
        List<PathCertificate> signers = untrusted.stream()
                .filter(certificate -> certificate.fault().isEmpty()
                        && certificate.subject().equals(subject)
                        && certificate.allows(usage))
                .sorted(Comparator.comparing(certificate -> !isMeant(certificate, authorityKeyIdentifier)))
                .limit(MAX_SIGNERS)
                .toList();
        for (PathCertificate signer : signers) {
            new PathSearch(signer, List.of(path.anchor()), untrusted, inquiry)
                    .find()
                    .ifPresent(found::add);
        }
        return found;
    }

    private static boolean isMeant(PathCertificate certificate, Optional<KeyIdentifier> hint) {
        Optional<KeyIdentifier> own = certificate.extensions().subjectKeyIdentifier();
        return hint.isEmpty() || own.isEmpty() || hint.get().isSameKeyAs(own.get());
    }
}
