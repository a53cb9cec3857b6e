package org.chancery.ca.ledger;

import java.util.List;

/// What an audit found.
///
/// @param head the newest act, which stands for all of them: to be kept elsewhere and compared
/// @param findings empty is the good answer
public record AuditReport(Head head, List<Finding> findings) {
    public AuditReport {
        findings = List.copyOf(findings);
    }
}
