package org.chancery.pki.path;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.chancery.pki.certificate.Certificates;

/// One request while it is being answered, and what its candidates share: certificates once read,
/// signatures once verified, and what all of it may cost. One use, one thread.
final class Inquiry {
    /// The certificates of a request: a server shows three, a directory of all CAs of a big house has
    /// hundreds.
    private static final int MAX_UNTRUSTED = 1_000;

    /// All of them together: they are read before anything is known of them, at up to 100 ms a MiB.
    private static final int MAX_UNTRUSTED_OCTETS = 4 * 1024 * 1024;

    private final ValidationRequest request;
    private final List<PathCertificate> untrusted;
    private final Budget budget;
    private final Signatures signatures;

    private Inquiry(ValidationRequest request, List<PathCertificate> untrusted, Budget budget, Signatures signatures) {
        this.request = request;
        this.untrusted = untrusted;
        this.budget = budget;
        this.signatures = signatures;
    }

    /// Begins to answer a request.
    ///
    /// @throws PathValidationException if it brings more certificates than anybody needs
    static Inquiry into(ValidationRequest request, VerifiedSignatures before, ReadCertificates read)
            throws PathValidationException {
        if (request.untrusted().size() > MAX_UNTRUSTED) {
            throw new PathValidationException(
                    PathFailure.TOO_COMPLEX,
                    PathValidationException.NO_CERTIFICATE,
                    "%d certificates, at most %d".formatted(request.untrusted().size(), MAX_UNTRUSTED));
        }
        long octets = request.untrusted().stream()
                .mapToLong(certificate -> Certificates.der(certificate).length)
                .sum();
        if (octets > MAX_UNTRUSTED_OCTETS) {
            throw new PathValidationException(
                    PathFailure.TOO_COMPLEX,
                    PathValidationException.NO_CERTIFICATE,
                    "%d octets of certificates, at most %d".formatted(octets, MAX_UNTRUSTED_OCTETS));
        }
        Set<PathCertificate> untrusted = new LinkedHashSet<>();
        request.untrusted().forEach(certificate -> untrusted.add(read.of(certificate)));
        Budget budget = new Budget();
        return new Inquiry(request, List.copyOf(untrusted), budget, new Signatures(budget, before));
    }

    /// The same with what a signer of revocations is asked: whether there is a path to it, and no more. It
    /// shares what is known and what may be spent.
    Inquiry intoSigners() {
        ValidationRequest ofSigners = ValidationRequest.of(request.target())
                .purpose(Purpose.ANY)
                .at(request.at())
                .revocation(new Revocation.NotChecked())
                .maxDepth(request.maxDepth());
        return new Inquiry(ofSigners, untrusted, budget, signatures);
    }

    ValidationRequest request() {
        return request;
    }

    /// What may lie between, each once, in the order given.
    List<PathCertificate> untrusted() {
        return untrusted;
    }

    /// These and the untrusted ones, each once.
    List<PathCertificate> untrustedAnd(Iterable<PathCertificate> more) {
        Set<PathCertificate> all = new LinkedHashSet<>();
        more.forEach(all::add);
        all.addAll(untrusted);
        return new ArrayList<>(all);
    }

    Budget budget() {
        return budget;
    }

    Signatures signatures() {
        return signatures;
    }

    /// Where to look for those who may have signed CRLs and OCSP responses for a candidate.
    SignerPaths signersFor(CandidatePath path) {
        return new SignerPaths(path, intoSigners());
    }
}
