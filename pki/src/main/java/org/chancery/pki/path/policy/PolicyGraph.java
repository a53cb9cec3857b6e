package org.chancery.pki.path.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The policies a path is valid for: RFC 5280 sections 6.1.2 to 6.1.5 with the valid_policy_graph of RFC
/// 9618 in the place of the tree, so that mappings of many to many cost their sum and not their product.
///
/// Fed with the certificates of one path, anchor's side first. One use, one thread.
public final class PolicyGraph {
    private static final String ANY_POLICY = CertificatePolicies.ANY_POLICY;

    private static final String NONE_LEFT = "an explicit policy is required, and none is left that all agree to";

    /// One policy at one depth. A policy is at a depth at most once, with every parent that expects it.
    private static final class Node {
        final String policy;
        final List<Node> parents;
        Set<String> expected;
        int children;

        Node(String policy, List<Node> parents) {
            this.policy = policy;
            this.parents = parents;
            this.expected = Set.of(policy);
            parents.forEach(parent -> parent.children++);
        }

        boolean isOfTheUser() {
            return parents.stream().anyMatch(parent -> parent.policy.equals(ANY_POLICY));
        }
    }

    private final Set<String> initialPolicies;
    /// The nodes by depth and policy; no depth at all is the graph NULL.
    private final List<Map<String, Node>> depths = new ArrayList<>();

    private int explicitPolicy;
    private int policyMapping;
    private int inhibitAnyPolicy;

    /// RFC 5280 section 6.1.2 (a), (d), (e), (f).
    ///
    /// @param length the number of certificates that will be given to [#accept]
    /// @param initialPolicies empty means any-policy
    public PolicyGraph(
            int length,
            Set<String> initialPolicies,
            boolean explicitPolicy,
            boolean inhibitMapping,
            boolean inhibitAnyPolicy) {
        this.initialPolicies = initialPolicies;
        this.explicitPolicy = explicitPolicy ? 0 : length + 1;
        this.policyMapping = inhibitMapping ? 0 : length + 1;
        this.inhibitAnyPolicy = inhibitAnyPolicy ? 0 : length + 1;
        depths.add(new LinkedHashMap<>(Map.of(ANY_POLICY, new Node(ANY_POLICY, List.of()))));
    }

    /// Takes over what an anchor's certificate demands of every path below it (RFC 5937 section 4, in its
    /// spirit).
    public void constrain(CertificatePolicies anchor) {
        lower(anchor);
    }

    /// The next certificate of the path (section 6.1.3 (d) to (f)), and unless it is the last one what it
    /// says of those that follow (section 6.1.4 (a), (b), (h) to (j)).
    ///
    /// @return what is wrong; empty if the path is still valid
    public Optional<String> accept(CertificatePolicies certificate, boolean selfIssued, boolean last) {
        if (certificate.policies().isEmpty()) {
            depths.clear();
        } else if (!depths.isEmpty()) {
            boolean any = inhibitAnyPolicy > 0 || (selfIssued && !last);
            descend(certificate.policies().get(), any);
        }
        if (explicitPolicy == 0 && depths.isEmpty()) {
            return Optional.of(NONE_LEFT);
        }
        if (certificate.mapsAnyPolicy()) {
            return Optional.of("anyPolicy is mapped (RFC 5280 6.1.4 (a))");
        }
        if (!last) {
            map(certificate.mappings());
            if (!selfIssued) {
                explicitPolicy = Math.max(0, explicitPolicy - 1);
                policyMapping = Math.max(0, policyMapping - 1);
                inhibitAnyPolicy = Math.max(0, inhibitAnyPolicy - 1);
            }
            lower(certificate);
        }
        return Optional.empty();
    }

    /// Section 6.1.5 (a), (b), (g).
    ///
    /// @param target the last certificate
    /// @param policies receives the user-constrained-policy-set
    /// @return what is wrong; empty if the path is valid
    public Optional<String> conclude(CertificatePolicies target, Set<String> policies) {
        explicitPolicy = Math.max(0, explicitPolicy - 1);
        if (target.requireExplicitPolicy().orElse(-1) == 0) {
            explicitPolicy = 0;
        }
        policies.addAll(userConstrained(authorityConstrained()));
        return explicitPolicy > 0 || !policies.isEmpty() ? Optional.empty() : Optional.of(NONE_LEFT);
    }

    /// RFC 9618 section 5.5: each policy below all that expect it, then anyPolicy below whatever was left
    /// alone.
    private void descend(Set<String> policies, boolean anyPolicyCounts) {
        Map<String, Node> above = depths.getLast();
        Map<String, List<Node>> expecting = new LinkedHashMap<>();
        above.values()
                .forEach(node -> node.expected.forEach(policy -> expecting
                        .computeIfAbsent(policy, _ -> new ArrayList<>())
                        .add(node)));
        Map<String, Node> here = new LinkedHashMap<>();
        for (String policy : policies) {
            if (policy.equals(ANY_POLICY)) {
                continue;
            }
            List<Node> parents = expecting.get(policy);
            if (parents != null) {
                here.put(policy, new Node(policy, parents));
            } else if (above.containsKey(ANY_POLICY)) {
                here.put(policy, new Node(policy, List.of(above.get(ANY_POLICY))));
            }
        }
        if (anyPolicyCounts && policies.contains(ANY_POLICY)) {
            expecting.forEach((policy, parents) -> here.computeIfAbsent(policy, _ -> new Node(policy, parents)));
        }
        depths.add(here);
        prune();
    }

    /// RFC 9618 section 5.6 (b).
    private void map(Map<String, Set<String>> mappings) {
        if (depths.isEmpty()) {
            return;
        }
        Map<String, Node> here = depths.getLast();
        mappings.forEach((policy, equivalents) -> {
            if (policyMapping == 0) {
                Node unmapped = here.remove(policy);
                if (unmapped != null) {
                    unmapped.parents.forEach(parent -> parent.children--);
                }
                return;
            }
            Node node = here.get(policy);
            if (node == null && here.containsKey(ANY_POLICY)) {
                node = new Node(policy, here.get(ANY_POLICY).parents);
                here.put(policy, node);
            }
            if (node != null) {
                node.expected = equivalents;
            }
        });
        prune();
    }

    private void lower(CertificatePolicies certificate) {
        explicitPolicy = lowered(explicitPolicy, certificate.requireExplicitPolicy());
        policyMapping = lowered(policyMapping, certificate.inhibitPolicyMapping());
        inhibitAnyPolicy = lowered(inhibitAnyPolicy, certificate.inhibitAnyPolicy());
    }

    private static int lowered(int skip, OptionalInt demanded) {
        return Math.min(skip, demanded.orElse(skip));
    }

    /// Removes what has no child, from the last depth but one upwards; a depth left empty empties the
    /// graph.
    private void prune() {
        for (int depth = depths.size() - 2; depth >= 0; depth--) {
            depths.get(depth).values().removeIf(node -> {
                if (node.children == 0) {
                    node.parents.forEach(parent -> parent.children--);
                }
                return node.children == 0;
            });
        }
        if (depths.getLast().isEmpty()) {
            depths.clear();
        }
    }

    /// The policies of the anchor's own domain that reach the last certificate: those right below
    /// anyPolicy.
    private Set<String> authorityConstrained() {
        Set<String> policies = new LinkedHashSet<>();
        for (Map<String, Node> depth : depths) {
            for (Node node : depth.values()) {
                if (!node.policy.equals(ANY_POLICY) && node.isOfTheUser()) {
                    policies.add(node.policy);
                }
            }
        }
        if (!depths.isEmpty() && depths.getLast().containsKey(ANY_POLICY)) {
            policies.add(ANY_POLICY);
        }
        return policies;
    }

    private Set<String> userConstrained(Set<String> authorityConstrained) {
        if (initialPolicies.isEmpty() || initialPolicies.contains(ANY_POLICY)) {
            return authorityConstrained;
        }
        if (authorityConstrained.contains(ANY_POLICY)) {
            return initialPolicies;
        }
        Set<String> policies = new LinkedHashSet<>(authorityConstrained);
        policies.retainAll(initialPolicies);
        return policies;
    }
}
