package org.chancery.ca.doctor;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chancery.ca.issuance.Ca;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.pki.certificate.SerialNumber;

/// Whether the two CAs at work come to their end, or one has been brought to it.
final class CaExpiryCheck implements Check {
    @Override
    public String name() {
        return "ca-expiry";
    }

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        List<Finding> findings = new ArrayList<>();
        look(patient.authority().rootCa(), "ca root replace", patient.now(), findings);
        look(patient.authority().issuingCa(), "ca root issue-issuing", patient.now(), findings);
        Ca issuing = patient.authority().issuingCa();
        patient.authority()
                .ledger()
                .find(SerialNumber.of(issuing.certificate()))
                .filter(LedgerEntry.Revoked.class::isInstance)
                .ifPresent(_ -> findings.add(critical(
                        issuing.name() + " is revoked, and nothing can be signed",
                        "ca root issue-issuing, as docs/ceremonies.md has it")));
        return findings;
    }

    private void look(Ca ca, String command, Instant now, List<Finding> findings) {
        X509Certificate certificate = ca.certificate();
        Instant ends = certificate.getNotAfter().toInstant();
        long percent = Life.percent(certificate.getNotBefore().toInstant(), ends, now);
        String remedy = command + ", as docs/ceremonies.md has it";
        if (percent > 100) {
            findings.add(critical(ca.name() + " ended at " + ends, remedy));
        } else if (percent >= Life.ACT) {
            findings.add(critical(ca.name() + " ends at " + ends, remedy));
        } else if (percent >= Life.PLAN) {
            findings.add(warning(ca.name() + " ends at " + ends, remedy));
        } else if (percent >= Life.KNOW) {
            findings.add(note(ca.name() + " has lived half of its time, until " + ends, ""));
        }
    }
}
