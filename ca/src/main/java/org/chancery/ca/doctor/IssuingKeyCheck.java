package org.chancery.ca.doctor;

import java.util.List;
import org.chancery.ca.issuance.Ca;

/// Whether the keys that daily work needs lie where they should. Tokens are not asked: that takes a PIN.
final class IssuingKeyCheck implements Check {
    @Override
    public String name() {
        return "issuing-key";
    }

    @Override
    public List<Finding> look(Patient patient) {
        return patient.authority().cas().stream()
                .filter(ca -> !patient.authority().isRoot(ca))
                .filter(ca -> !ca.hasEnded(patient.now()))
                .filter(ca -> !ca.key().present())
                .map(this::missing)
                .toList();
    }

    private Finding missing(Ca ca) {
        return critical(
                "the key of " + ca.name() + " is not at " + ca.key() + ": nothing is signed by it, nor its CRL",
                "bring it back from a copy, or certify a new CA: ca root issue-issuing");
    }
}
