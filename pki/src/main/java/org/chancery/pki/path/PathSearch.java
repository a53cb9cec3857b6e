package org.chancery.pki.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds a path from a target to an anchor that every rule lets pass; depth first, the shortest way first.
/// One use.
///
/// A certificate is put on top only where its link, and its constraints on what is below, hold; so what is
/// explored is good as far as it goes, and a heap of bad candidates costs one look each. An issuer whose
/// key identifier does not fit comes later, but is excluded by nothing less than its signature (RFC 5280
/// section 4.2.1.1: it is a hint).
final class PathSearch {
    private final PathCertificate target;
    private final Inquiry inquiry;
    private final IssuerGraph graph;
    private final int maxDepth;

    PathSearch(
            PathCertificate target, List<PathCertificate> anchors, List<PathCertificate> untrusted, Inquiry inquiry) {
        this.target = target;
        this.inquiry = inquiry;
        this.graph = new IssuerGraph(target, anchors, untrusted, inquiry.budget());
        this.maxDepth = inquiry.request().maxDepth();
    }

    /// A path that passes; empty if there is none.
    ///
    /// @throws PathValidationException if that cannot be said within the budget
    Optional<CandidatePath> find() throws PathValidationException {
        if (!holds(() -> PathRules.check(target, inquiry.request()))) {
            return Optional.empty(); // by no path at all
        }
        return Optional.ofNullable(extend(new ArrayList<>(List.of(target))));
    }

    private @Nullable CandidatePath extend(List<PathCertificate> path) throws PathValidationException {
        inquiry.budget().spendStep();
        PathCertificate last = path.getLast();
        for (PathCertificate anchor : graph.anchorsAbove(last)) {
            CandidatePath candidate = new CandidatePath(path, anchor);
            if (stands(candidate, true) && passes(candidate)) {
                return candidate;
            }
        }
        int further = maxDepth - path.size() - 1;
        for (PathCertificate issuer : graph.leadingUpwards(last, further)) {
            if (isLoop(path, issuer) || !stands(new CandidatePath(path, issuer), false)) {
                continue;
            }
            path.add(issuer);
            CandidatePath found = extend(path);
            path.removeLast();
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /// Whether the certificate on top can stand there.
    private boolean stands(CandidatePath path, boolean onTopIsAnchor) throws PathValidationException {
        int index = path.length() - 1;
        Link link = new Link(path.certificates().get(index), path.anchor(), index, onTopIsAnchor);
        if (!holds(() -> PathRules.check(link, inquiry))) {
            graph.cut(link);
            return false;
        }
        return holds(() -> PathRules.checkTop(path, inquiry));
    }

    private boolean passes(CandidatePath candidate) throws PathValidationException {
        inquiry.budget().spendCandidate();
        return holds(() -> PathRules.check(candidate, inquiry));
    }

    private interface Judgement {
        void pass() throws PathValidationException;
    }

    private static boolean holds(Judgement judgement) throws PathValidationException {
        try {
            judgement.pass();
            return true;
        } catch (PathValidationException e) {
            if (e.failure() == PathFailure.TOO_COMPLEX) {
                throw e;
            }
            return false; // why is for PathExplanation to say, should no other path pass
        }
    }

    /// The same name with the same key again leads nowhere new, whatever else the certificate says.
    static boolean isLoop(List<PathCertificate> path, PathCertificate issuer) {
        return path.stream()
                .anyMatch(passed -> passed.subject().equals(issuer.subject())
                        && passed.publicKey().equals(issuer.publicKey()));
    }
}
