package org.chancery.ca.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.request.CertificateRequest;
import org.chancery.pki.request.CertificateRequestException;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;

/// A file from outside, read whole and bounded, and what it holds: PEM with any number of blocks, or DER.
/// Every failure names the file.
final class InputFile {
    private final Path path;
    private final byte[] content;

    private InputFile(Path path, byte[] content) {
        this.path = path;
        this.content = content;
    }

    static InputFile read(Path path) throws InputException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(Pem.MAX_OCTETS + 1);
            if (content.length > Pem.MAX_OCTETS) {
                throw new InputException(path + ": more than " + Pem.MAX_OCTETS + " octets");
            }
            return new InputFile(path, content);
        } catch (NoSuchFileException e) {
            throw new InputException("no such file: " + path, e);
        } catch (AccessDeniedException e) {
            throw new InputException("may not read " + path, e);
        } catch (IOException e) {
            throw new InputException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    Path path() {
        return path;
    }

    byte[] content() {
        return content;
    }

    List<X509Certificate> certificates() throws InputException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : ders(PemLabel.CERTIFICATE)) {
            try {
                certificates.add(Certificates.parse(der));
            } catch (MalformedCertificateException e) {
                throw new InputException(path + ": not a certificate: " + e.getMessage(), e);
            }
        }
        return certificates;
    }

    List<Crl> crls() throws InputException {
        List<Crl> crls = new ArrayList<>();
        for (byte[] der : ders(PemLabel.X509_CRL)) {
            try {
                crls.add(Crl.parse(der));
            } catch (MalformedCrlException e) {
                throw new InputException(path + ": not a CRL: " + e.getMessage(), e);
            }
        }
        return crls;
    }

    /// The one request in it.
    CertificateRequest request() throws InputException {
        List<byte[]> ders = ders(PemLabel.CERTIFICATE_REQUEST);
        if (ders.size() != 1) {
            throw new InputException(path + ": " + ders.size() + " requests, one expected");
        }
        try {
            return CertificateRequest.parse(ders.getFirst());
        } catch (CertificateRequestException e) {
            throw new InputException(path + ": not a request to be signed: " + e.getMessage(), e);
        }
    }

    private List<byte[]> ders(PemLabel label) throws InputException {
        try {
            return Pem.derOf(content, label);
        } catch (MalformedPemException e) {
            throw new InputException(path + ": " + e.getMessage(), e);
        }
    }
}
