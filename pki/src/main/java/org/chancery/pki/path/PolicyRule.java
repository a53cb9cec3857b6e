package org.chancery.pki.path;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.path.policy.CertificatePolicies;
import org.chancery.pki.path.policy.PolicyGraph;

/// The path is valid for a policy where its certificates, its anchor or the request demand one (RFC 5280
/// section 6.1 as RFC 9618 updates it).
final class PolicyRule implements PathRule {
    @Override
    public void check(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        policies(path, inquiry.request().policies());
    }

    /// The policies the path is valid for: the user-constrained-policy-set.
    ///
    /// @throws PathValidationException if one is demanded and there is none
    static Set<String> policies(CandidatePath path, PolicyDemand demand) throws PathValidationException {
        PolicyGraph graph = new PolicyGraph(
                path.length(),
                demand.initialPolicies(),
                demand.explicitPolicy(),
                demand.inhibitMapping(),
                demand.inhibitAnyPolicy());
        graph.constrain(path.anchor().extensions().policies());
        for (int i = path.length() - 1; i >= 0; i--) {
            PathCertificate certificate = path.certificates().get(i);
            refuse(i, graph.accept(certificate.extensions().policies(), certificate.isSelfIssued(), i == 0));
        }
        CertificatePolicies ofTarget = path.target().extensions().policies();
        Set<String> policies = new LinkedHashSet<>();
        refuse(0, graph.conclude(ofTarget, policies));
        return policies;
    }

    private static void refuse(int index, Optional<String> ground) throws PathValidationException {
        if (ground.isPresent()) {
            throw new PathValidationException(PathFailure.POLICY, index, ground.get());
        }
    }
}
