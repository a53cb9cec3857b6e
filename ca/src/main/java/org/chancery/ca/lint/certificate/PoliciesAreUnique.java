package org.chancery.ca.lint.certificate;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.chancery.ca.der.Parts;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;

/// certificatePolicies have no policy twice.
final class PoliciesAreUnique implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.2.1.4";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Optional<ReadExtension> policies = certificate.extension("2.5.29.32");
        if (policies.isEmpty()) {
            return Optional.empty();
        }
        Set<String> seen = new HashSet<>();
        for (Tlv policy : policies.get().tlv().as(Tlv.SEQUENCE).children()) {
            if (!seen.add(new Parts(policy.as(Tlv.SEQUENCE).children()).next().oid())) {
                return Optional.of("a policy twice");
            }
        }
        return seen.isEmpty() ? Optional.of("certificatePolicies without a policy") : Optional.empty();
    }
}
