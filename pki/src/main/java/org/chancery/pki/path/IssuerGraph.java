package org.chancery.pki.path;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.pki.name.CanonicalName;

/// Who may have issued whom, by name, among the certificates at hand; and how far it is from each to an
/// anchor.
///
/// Names alone would lead a search astray: authorities that certify each other in a ring have exponentially
/// many paths between them, and an impostor has the name of whom it plays. So a link that was found bad is
/// cut, and the distances are measured again: what no longer leads to an anchor is not gone into.
final class IssuerGraph {
    private final PathCertificate target;
    private final Map<CanonicalName, List<PathCertificate>> anchors;
    private final Map<CanonicalName, List<PathCertificate>> others;
    private final Budget budget;
    private final Set<Pair> cut = new HashSet<>();
    private Map<PathCertificate, Integer> distances = Map.of();

    private record Pair(PathCertificate certificate, PathCertificate issuer) {}

    IssuerGraph(
            PathCertificate target,
            Collection<PathCertificate> anchors,
            Collection<PathCertificate> others,
            Budget budget) {
        this.target = target;
        this.anchors = bySubject(anchors);
        this.others = bySubject(others);
        this.budget = budget;
    }

    private static Map<CanonicalName, List<PathCertificate>> bySubject(Collection<PathCertificate> certificates) {
        Map<CanonicalName, List<PathCertificate>> bySubject = new HashMap<>();
        certificates.forEach(certificate -> bySubject
                .computeIfAbsent(certificate.subject(), _ -> new ArrayList<>())
                .add(certificate));
        return bySubject;
    }

    /// The anchors of its issuer's name, those first whose key identifier fits.
    List<PathCertificate> anchorsAbove(PathCertificate certificate) {
        return named(anchors, certificate);
    }

    private List<PathCertificate> named(
            Map<CanonicalName, List<PathCertificate>> bySubject, PathCertificate certificate) {
        return bySubject.getOrDefault(certificate.issuer(), List.of()).stream()
                .filter(issuer -> cut.isEmpty() || !cut.contains(new Pair(certificate, issuer)))
                .sorted(Comparator.comparing(issuer -> !certificate.pointsTo(issuer)))
                .toList();
    }

    /// Those from which an anchor can be reached by at most so many further certificates, the nearest
    /// first.
    List<PathCertificate> leadingUpwards(PathCertificate certificate, int further) throws PathValidationException {
        return nearestFirst(certificate).stream()
                .filter(issuer -> distance(issuer) <= further)
                .toList();
    }

    /// All of its issuer's name but the anchors, those first that are nearest to one.
    List<PathCertificate> nearestFirst(PathCertificate certificate) throws PathValidationException {
        if (distances.isEmpty()) {
            distances = measure();
        }
        return named(others, certificate).stream()
                .sorted(Comparator.comparingInt(this::distance))
                .toList();
    }

    private int distance(PathCertificate certificate) {
        return distances.getOrDefault(certificate, Integer.MAX_VALUE);
    }

    /// Takes a link out for good.
    void cut(Link link) {
        cut.add(new Pair(link.certificate(), link.issuer()));
        distances = Map.of();
    }

    /// From those right below an anchor downwards, level by level.
    private Map<PathCertificate, Integer> measure() throws PathValidationException {
        Map<PathCertificate, List<PathCertificate>> below = new LinkedHashMap<>();
        Deque<PathCertificate> waiting = new ArrayDeque<>(List.of(target));
        below.put(target, new ArrayList<>());
        while (!waiting.isEmpty()) {
            PathCertificate certificate = waiting.remove();
            List<PathCertificate> above = others.getOrDefault(certificate.issuer(), List.of());
            budget.spendPairs(1 + above.size());
            for (PathCertificate issuer : above) {
                if (cut.contains(new Pair(certificate, issuer))) {
                    continue;
                }
                if (!below.containsKey(issuer)) {
                    below.put(issuer, new ArrayList<>());
                    waiting.add(issuer);
                }
                below.get(issuer).add(certificate);
            }
        }
        Map<PathCertificate, Integer> measured = new HashMap<>();
        for (PathCertificate certificate : below.keySet()) {
            if (!anchorsAbove(certificate).isEmpty()) {
                measured.put(certificate, 0);
                waiting.add(certificate);
            }
        }
        while (!waiting.isEmpty()) {
            PathCertificate issuer = waiting.remove();
            for (PathCertificate certificate : below.getOrDefault(issuer, List.of())) {
                if (measured.putIfAbsent(certificate, measured.getOrDefault(issuer, 0) + 1) == null) {
                    waiting.add(certificate);
                }
            }
        }
        // Not empty even if nothing leads anywhere, or it would be measured again and again.
        measured.put(target, measured.getOrDefault(target, Integer.MAX_VALUE));
        return measured;
    }
}
