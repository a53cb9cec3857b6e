package org.chancery.ca.command;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;

/// Certificates and CRLs as PEM, in the order given.
final class PemText {
    private PemText() {}

    static String certificates(List<X509Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> Pem.encode(PemLabel.CERTIFICATE, Certificates.der(certificate)))
                .collect(Collectors.joining());
    }

    static String crls(List<Crl> crls) {
        return crls.stream()
                .map(crl -> Pem.encode(PemLabel.X509_CRL, crl.der()))
                .collect(Collectors.joining());
    }
}
