package org.chancery.ca.command;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.chancery.console.CommandException;
import org.chancery.console.InputFile;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;
import org.chancery.pki.revocation.MalformedOcspException;
import org.chancery.pki.revocation.OcspResponse;

/// Reads what a case is judged by. The target must be readable; among the rest, what cannot be read is left out and
/// noted: a stranger's broken certificate is no reason to judge nothing, and a certificate or CRL that is needed and
/// is not there is one to refuse. A file that cannot be opened is always an error. One use, one thread.
final class VerifyFiles {
    private final List<String> leftOut = new ArrayList<>();

    /// Reads one object; each kind fails in its own way.
    @FunctionalInterface
    private interface Form<T> {
        T parse(byte[] der) throws MalformedCertificateException, MalformedCrlException, MalformedOcspException;
    }

    /// The certificates of a file whose first one must be readable.
    List<X509Certificate> target(Path path) throws CommandException {
        InputFile file = InputFile.read(path);
        List<byte[]> ders = file.ders(PemLabel.CERTIFICATE, "certificate");
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            certificates.add(Certificates.parse(ders.getFirst()));
        } catch (MalformedCertificateException e) {
            throw CommandException.badInput(path + ": not a certificate: " + e.getMessage(), e);
        }
        certificates.addAll(readable(path, ders.subList(1, ders.size()), Certificates::parse));
        return certificates;
    }

    List<X509Certificate> certificates(List<Path> paths) throws CommandException {
        return all(paths, PemLabel.CERTIFICATE, "certificate", Certificates::parse);
    }

    List<Crl> crls(List<Path> paths) throws CommandException {
        return all(paths, PemLabel.X509_CRL, "CRL", Crl::parse);
    }

    List<OcspResponse> ocspResponses(List<Path> paths) throws CommandException {
        return all(paths, PemLabel.OCSP_RESPONSE, "response", OcspResponse::parse);
    }

    /// What could not be read, and why, one line each.
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    private <T> List<T> all(List<Path> paths, PemLabel label, String inWords, Form<T> form) throws CommandException {
        List<T> all = new ArrayList<>();
        for (Path path : paths) {
            InputFile file = InputFile.read(path);
            try {
                all.addAll(readable(path, file.ders(label, inWords), form));
            } catch (CommandException e) {
                leftOut.add(e.explanation().message());
            }
        }
        return all;
    }

    private <T> List<T> readable(Path path, List<byte[]> ders, Form<T> form) {
        List<T> readable = new ArrayList<>();
        for (byte[] der : ders) {
            try {
                readable.add(form.parse(der));
            } catch (MalformedCertificateException | MalformedCrlException | MalformedOcspException e) {
                leftOut.add(path + ": " + e.getMessage());
            }
        }
        return readable;
    }
}
