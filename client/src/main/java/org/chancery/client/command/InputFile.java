package org.chancery.client.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.console.ExitCode;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;

/// Files from outside, read whole and bounded: PEM with any number of blocks, or DER. Every failure names the file.
final class InputFile {
    private InputFile() {}

    /// The certificates in `file`, at least one.
    static List<X509Certificate> certificates(Path file) throws IOException, CommandException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : ders(file, PemLabel.CERTIFICATE)) {
            try {
                certificates.add(Certificates.parse(der));
            } catch (MalformedCertificateException e) {
                throw bad(file, "not a certificate: " + e.getMessage());
            }
        }
        return certificates;
    }

    /// The CRLs in `file`, at least one.
    static List<Crl> crls(Path file) throws IOException, CommandException {
        List<Crl> crls = new ArrayList<>();
        for (byte[] der : ders(file, PemLabel.X509_CRL)) {
            try {
                crls.add(Crl.parse(der));
            } catch (MalformedCrlException e) {
                throw bad(file, "not a CRL: " + e.getMessage());
            }
        }
        return crls;
    }

    private static List<byte[]> ders(Path file, PemLabel label) throws IOException, CommandException {
        byte[] content = read(file);
        try {
            return Pem.derOf(content, label);
        } catch (MalformedPemException e) {
            throw bad(file, (label == PemLabel.CERTIFICATE ? "not a certificate: " : "not a CRL: ") + e.getMessage());
        } finally {
            Arrays.fill(content, (byte) 0); // the file may have been a key
        }
    }

    private static byte[] read(Path file) throws IOException, CommandException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(Pem.MAX_OCTETS + 1);
            if (content.length > Pem.MAX_OCTETS) {
                throw bad(file, "more than " + Pem.MAX_OCTETS + " octets");
            }
            return content;
        }
    }

    private static CommandException bad(Path file, String what) {
        return new CommandException(ExitCode.BAD_INPUT, file + ": " + what, "");
    }
}
