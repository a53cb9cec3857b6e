package org.chancery.ca.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.chancery.ca.issuance.Ca;
import org.chancery.ca.issuance.CrlCondition;

/// Whether every CRL is there, fresh, and says all that is revoked.
final class CrlCheck implements Check {
    @Override
    public String name() {
        return "crl";
    }

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Ca ca : patient.authority().cas()) {
            if (!ca.hasEnded(patient.now())) {
                String remedy = patient.authority().isRoot(ca) ? "ca root crl" : "ca crl";
                look(CrlCondition.of(ca, patient.authority().ledger()), patient, remedy, findings);
            }
        }
        return findings;
    }

    private void look(CrlCondition condition, Patient patient, String remedy, List<Finding> findings) {
        String file = condition.ca().crlFile().toString();
        if (condition.crl().isEmpty()) {
            findings.add(critical(file + " is no CRL of " + condition.ca().name(), remedy));
            return;
        }
        String until = condition.crl().get().nextUpdate().toString();
        int percent = condition.percentLived(patient.now());
        if (!condition.complete()) {
            findings.add(critical(file + " does not say all that is revoked", remedy));
        }
        if (percent > 100) {
            findings.add(critical(file + " is stale since " + until, remedy));
        } else if (percent >= Life.ACT) {
            findings.add(critical(file + " is good only until " + until, remedy));
        } else if (percent >= Life.PLAN) {
            findings.add(warning(file + " is good until " + until, remedy));
        } else if (percent >= Life.KNOW) {
            findings.add(note(file + " has lived half of its time, until " + until, remedy));
        }
    }
}
