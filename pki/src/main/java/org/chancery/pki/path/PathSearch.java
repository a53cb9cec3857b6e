package org.chancery.pki.path;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds chains of names from the target to an anchor, depth first, and hands each to the judge until one
/// passes. One use.
///
/// Issuers whose key identifier fits come first, but a wrong one excludes nobody (RFC 5280 section 4.2.1.1:
/// it is a hint). Two bounds keep a heap of equally named certificates from becoming an endless search: the
/// steps of the search and the chains judged.
final class PathSearch {
    /// Certificates looked at; with ten a path and honest input a few dozen are needed.
    private static final int MAX_STEPS = 2_000;
    /// Chains judged: each costs a signature verification for each of its certificates.
    private static final int MAX_CANDIDATES = 64;

    private final TrustAnchors anchors;
    private final ValidationRequest request;
    private final Judge judge;
    private final Set<X509Certificate> untrusted;
    private final MostInformative failures = new MostInformative();
    private int steps;
    private int candidates;

    /// Decides on one complete chain.
    @FunctionalInterface
    interface Judge {
        void check(CandidatePath path) throws PathValidationException;
    }

    PathSearch(TrustAnchors anchors, ValidationRequest request, Judge judge) {
        this.anchors = anchors;
        this.request = request;
        this.judge = judge;
        this.untrusted = new LinkedHashSet<>(request.untrusted());
    }

    /// The first chain that passes.
    ///
    /// @throws PathValidationException if none does
    CandidatePath firstAccepted() throws PathValidationException {
        List<X509Certificate> path = new ArrayList<>(List.of(request.target()));
        CandidatePath accepted = extend(path);
        if (accepted != null) {
            return accepted;
        }
        throw failures.most();
    }

    private @Nullable CandidatePath extend(List<X509Certificate> path) throws PathValidationException {
        X509Certificate last = path.getLast();
        for (X509Certificate anchor : possibleIssuers(last, anchors.certificates())) {
            CandidatePath candidate =
                    new CandidatePath(path.stream().map(PathCertificate::of).toList(), PathCertificate.of(anchor));
            if (passes(candidate)) {
                return candidate;
            }
        }
        boolean issuerFound = false;
        for (X509Certificate issuer : possibleIssuers(last, untrusted)) {
            if (isLoop(path, issuer)) {
                continue;
            }
            issuerFound = true;
            if (path.size() == request.maxDepth()) {
                failures.add(new PathValidationException(
                        PathFailure.PATH_TOO_LONG,
                        path.size() - 1,
                        "more than " + request.maxDepth() + " certificates"));
                break;
            }
            path.add(issuer);
            CandidatePath accepted = extend(path);
            path.removeLast();
            if (accepted != null) {
                return accepted;
            }
        }
        if (!issuerFound) {
            failures.add(deadEnd(path));
        }
        return null;
    }

    private boolean passes(CandidatePath candidate) throws PathValidationException {
        candidates++;
        if (candidates > MAX_CANDIDATES) {
            throw tooComplex("more than " + MAX_CANDIDATES + " possible paths");
        }
        try {
            judge.check(candidate);
            return true;
        } catch (PathValidationException e) {
            failures.add(e);
            return false;
        }
    }

    private List<X509Certificate> possibleIssuers(X509Certificate subject, Collection<X509Certificate> among)
            throws PathValidationException {
        steps++;
        if (steps > MAX_STEPS) {
            throw tooComplex("more than " + MAX_STEPS + " steps of the search");
        }
        return among.stream()
                .filter(issuer -> issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal()))
                .sorted(Comparator.comparing(issuer -> !KeyIdentifierHint.fit(subject, issuer)))
                .toList();
    }

    /// The same name with the same key again leads nowhere new, whatever else the certificate says.
    private static boolean isLoop(List<X509Certificate> path, X509Certificate issuer) {
        return path.stream()
                .anyMatch(passed -> passed.getSubjectX500Principal().equals(issuer.getSubjectX500Principal())
                        && passed.getPublicKey().equals(issuer.getPublicKey()));
    }

    private static PathValidationException deadEnd(List<X509Certificate> path) {
        X509Certificate last = path.getLast();
        if (path.size() == 1 && SelfSigned.is(last)) {
            return new PathValidationException(
                    PathFailure.SELF_SIGNED_NOT_TRUSTED, 0, "signed by its own key, and no trust anchor");
        }
        return new PathValidationException(
                PathFailure.NO_PATH,
                path.size() - 1,
                "no trusted issuer found: " + last.getIssuerX500Principal().getName());
    }

    private static PathValidationException tooComplex(String what) {
        return new PathValidationException(PathFailure.TOO_COMPLEX, PathValidationException.NO_CERTIFICATE, what);
    }
}
