package org.chancery.ca.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.issuance.Ca;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.SerialNumber;

/// Whether the certificates of the CAs are those that the ledger recorded.
final class CaCertificateCheck implements Check {
    @Override
    public String name() {
        return "ca-files";
    }

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Ca ca : patient.authority().cas()) {
            Optional<byte[]> recorded = patient.authority().ledger().certificateDer(SerialNumber.of(ca.certificate()));
            if (recorded.filter(der -> Arrays.equals(der, Certificates.der(ca.certificate())))
                    .isEmpty()) {
                findings.add(critical(
                        ca.name() + ".pem is no certificate that the ledger recorded",
                        "restore the file from a copy, and find out who changed it"));
            }
        }
        return findings;
    }
}
