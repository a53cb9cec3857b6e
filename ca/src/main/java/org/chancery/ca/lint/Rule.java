package org.chancery.ca.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;

/// One rule for one kind of artefact; the name of its class is the rule.
///
/// @param <A> what it judges
public interface Rule<A> {
    /// Where it is written.
    String citation();

    default Severity severity() {
        return Severity.ERROR;
    }

    /// What is wrong, with what was found and what is required; empty if the rule holds, or has nothing to say.
    ///
    /// @throws UnreadableException if what it is about cannot be read, which is no better than a violation
    Optional<String> violation(A artefact) throws UnreadableException;

    /// What does not hold of an artefact, in the order of the rules.
    static <A> List<Finding> findings(List<? extends Rule<A>> rules, A artefact) {
        List<Finding> findings = new ArrayList<>();
        for (Rule<A> rule : rules) {
            Optional<String> violation;
            Severity severity = rule.severity();
            try {
                violation = rule.violation(artefact);
            } catch (UnreadableException e) {
                violation = Optional.of("cannot be read: " + e.getMessage());
                severity = Severity.ERROR;
            }
            if (violation.isPresent()) {
                findings.add(new Finding(rule.getClass().getSimpleName(), severity, rule.citation(), violation.get()));
            }
        }
        return List.copyOf(findings);
    }
}
