package org.chancery.pki.path;

import java.util.ArrayList;
import java.util.List;

/// Says why no path passed: walks the candidates once more, bad ones included, and keeps of their failures
/// the one that helps most. A bounded number of them: where there are more, any few will tell.
final class PathExplanation {
    private static final int MAX_CANDIDATES = 32;
    private static final int MAX_STEPS = 500;

    private final IssuerGraph graph;
    private final Inquiry inquiry;
    private final int maxDepth;
    private final MostInformative failures = new MostInformative();
    private int steps;
    private int candidates;
    private boolean tooLong;

    private PathExplanation(IssuerGraph graph, Inquiry inquiry) {
        this.graph = graph;
        this.inquiry = inquiry;
        this.maxDepth = inquiry.request().maxDepth();
    }

    static PathValidationException of(
            PathCertificate target, List<PathCertificate> anchors, List<PathCertificate> untrusted, Inquiry inquiry) {
        IssuerGraph graph = new IssuerGraph(target, anchors, untrusted, inquiry.budget());
        PathExplanation explanation = new PathExplanation(graph, inquiry);
        try {
            explanation.walk(new ArrayList<>(List.of(target)));
            return explanation.most();
        } catch (PathValidationException e) {
            return e; // too complex even to say why
        }
    }

    private void walk(List<PathCertificate> path) throws PathValidationException {
        steps++;
        PathCertificate last = path.getLast();
        boolean issuerFound = false;
        for (PathCertificate anchor : graph.anchorsAbove(last)) {
            issuerFound = true;
            if (candidates < MAX_CANDIDATES) {
                judge(new CandidatePath(path, anchor));
            }
        }
        for (PathCertificate issuer : graph.nearestFirst(last)) {
            if (steps >= MAX_STEPS || PathSearch.isLoop(path, issuer)) {
                continue;
            }
            if (path.size() == maxDepth) {
                if (graph.leadingUpwards(last, Integer.MAX_VALUE - 1).isEmpty()) {
                    break;
                }
                tooLong = true;
                return;
            }
            issuerFound = true;
            path.add(issuer);
            walk(path);
            path.removeLast();
        }
        if (!issuerFound) {
            failures.add(deadEnd(path));
        }
    }

    /// That there was not depth enough to find an anchor is worth saying only where none was found.
    private PathValidationException most() {
        if (tooLong && candidates == 0) {
            failures.add(new PathValidationException(
                    PathFailure.PATH_TOO_LONG, maxDepth - 1, "more than " + maxDepth + " certificates"));
        }
        return failures.most();
    }

    private void judge(CandidatePath candidate) {
        candidates++;
        try {
            PathRules.check(candidate, inquiry);
        } catch (PathValidationException e) {
            failures.add(e);
        }
    }

    private PathValidationException deadEnd(List<PathCertificate> path) {
        PathCertificate last = path.getLast();
        if (path.size() == 1 && last.fault().isPresent()) {
            return new PathValidationException(
                    PathFailure.MALFORMED, 0, last.fault().get());
        }
        if (path.size() == 1 && isSignedByItself(last)) {
            return new PathValidationException(
                    PathFailure.SELF_SIGNED_NOT_TRUSTED, 0, "signed by its own key, and no trust anchor");
        }
        return new PathValidationException(
                PathFailure.NO_PATH,
                path.size() - 1,
                "no trusted issuer found: "
                        + last.certificate().getIssuerX500Principal().getName());
    }

    private boolean isSignedByItself(PathCertificate certificate) {
        try {
            return certificate.isSelfIssued() && inquiry.signatures().isBy(certificate, certificate);
        } catch (PathValidationException e) {
            return false; // nothing left to find it out with
        }
    }
}
