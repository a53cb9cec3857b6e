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

    /// What the request knows of signatures, and may spend on them.
    Signatures signatures() {
        return inquiry.signatures();
    }

    /// Paths to those who may sign lists under a name, but for the one that is known already; those whose key
    /// identifier fits first. The anchor of the candidate itself is a path without certificates.
    ///
    /// @param keyIdentifiers what the lists say of who signed them; a hint only
    /// @throws PathValidationException only if the request's budget is spent
    List<CandidatePath> toCrlSigners(
            CanonicalName subject, PathCertificate known, Collection<KeyIdentifier> keyIdentifiers)
            throws PathValidationException {
        List<CandidatePath> found = new ArrayList<>();
        if (isSigner(path.anchor(), subject) && !path.anchor().equals(known)) {
            found.add(new CandidatePath(List.of(), path.anchor()));
        }
        List<PathCertificate> untrusted = inquiry.untrustedAnd(path.certificates());
        List<PathCertificate> signers = untrusted.stream()
                .filter(certificate -> isSigner(certificate, subject) && !certificate.equals(known))
                .sorted(Comparator.comparing(certificate -> !isMeant(certificate, keyIdentifiers)))
                .limit(MAX_SIGNERS)
                .toList();
        for (PathCertificate signer : signers) {
            search(signer, untrusted).ifPresent(found::add);
        }
        return found;
    }

    /// A path to a certificate that came with what it signed.
    ///
    /// @throws PathValidationException only if the request's budget is spent
    Optional<CandidatePath> to(PathCertificate signer) throws PathValidationException {
        return search(signer, inquiry.untrustedAnd(path.certificates()));
    }

    private Optional<CandidatePath> search(PathCertificate signer, List<PathCertificate> untrusted)
            throws PathValidationException {
        return new PathSearch(signer, List.of(path.anchor()), untrusted, inquiry).find();
    }

    private static boolean isSigner(PathCertificate certificate, CanonicalName subject) {
        return certificate.fault().isEmpty()
                && certificate.subject().equals(subject)
                && certificate.allows(KeyUsage.CRL_SIGN);
    }

    private static boolean isMeant(PathCertificate certificate, Collection<KeyIdentifier> hints) {
        Optional<KeyIdentifier> own = certificate.extensions().subjectKeyIdentifier();
        return hints.isEmpty() || own.isEmpty() || hints.contains(own.get());
    }
}
