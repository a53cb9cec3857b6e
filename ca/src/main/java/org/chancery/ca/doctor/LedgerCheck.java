package org.chancery.ca.doctor;

import java.io.IOException;
import java.util.List;

/// Whether the ledger stands an audit: the chain of acts, the tables against it, the head outside.
final class LedgerCheck implements Check {
    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        return patient.authority().ledger().audit().findings().stream()
                .map(finding -> critical(finding.kind() + ": " + finding.detail(), "see: ca audit --verify"))
                .toList();
    }
}
