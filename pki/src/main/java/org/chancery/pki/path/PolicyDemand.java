package org.chancery.pki.path;

import java.util.Set;

/// What is asked of certificate policies: the initial values of RFC 5280 section 6.1.1 (c) to (g).
///
/// @param initialPolicies the policies that are acceptable, as dotted object identifiers; empty means
/// any-policy
/// @param explicitPolicy whether the path must be valid for at least one of them
/// @param inhibitMapping whether policies may not be mapped to others
/// @param inhibitAnyPolicy whether anyPolicy in a certificate stands for nothing
public record PolicyDemand(
        Set<String> initialPolicies, boolean explicitPolicy, boolean inhibitMapping, boolean inhibitAnyPolicy) {
    /// Nothing is asked: what the certificates themselves demand still holds.
    public static final PolicyDemand NONE = new PolicyDemand(Set.of(), false, false, false);

    public PolicyDemand {
        initialPolicies = Set.copyOf(initialPolicies);
    }
}
