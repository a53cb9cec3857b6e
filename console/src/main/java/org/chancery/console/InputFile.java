package org.chancery.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;

/// A file from outside, read whole and bounded, and what it holds: PEM with any number of blocks, or DER.
/// Every failure names the file.
public final class InputFile {
    private final Path path;
    private final byte[] content;

    private InputFile(Path path, byte[] content) {
        this.path = path;
        this.content = content;
    }

    public static InputFile read(Path path) throws CommandException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(Pem.MAX_OCTETS + 1);
            if (content.length > Pem.MAX_OCTETS) {
                throw CommandException.badInput(path + ": more than " + Pem.MAX_OCTETS + " octets");
            }
            return new InputFile(path, content);
        } catch (NoSuchFileException e) {
            throw CommandException.badInput("no such file: " + path, e);
        } catch (AccessDeniedException e) {
            throw CommandException.badInput("may not read " + path, e);
        } catch (IOException e) {
            throw CommandException.badInput("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    public byte[] content() {
        return content;
    }

    public List<X509Certificate> certificates() throws CommandException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : ders(PemLabel.CERTIFICATE, "certificate")) {
            try {
                certificates.add(Certificates.parse(der));
            } catch (MalformedCertificateException e) {
                throw CommandException.badInput(path + ": not a certificate: " + e.getMessage(), e);
            }
        }
        return certificates;
    }

    /// The certificates in it, to be trusted: of authorities alone, for two files exchanged on the command line would
    /// make a person a root. Roots of before version 3 cannot say that they are one.
    ///
    /// @param hint what to do about another one
    public List<X509Certificate> authorities(String hint) throws CommandException {
        List<X509Certificate> certificates = certificates();
        for (X509Certificate certificate : certificates) {
            if (certificate.getVersion() >= 3 && certificate.getBasicConstraints() < 0) {
                throw new CommandException(
                        ExitCode.BAD_INPUT,
                        path + " holds a certificate of "
                                + Printable.of(DistinguishedName.of(certificate.getSubjectX500Principal())
                                        .toString())
                                + ", which is no authority's",
                        hint);
            }
        }
        return certificates;
    }

    /// The certificates in it, as a chain, leaf first.
    public CertificateChain chain() throws CommandException {
        try {
            return CertificateChain.parse(ders(PemLabel.CERTIFICATE, "certificate"));
        } catch (MalformedCertificateException e) {
            throw CommandException.badInput(path + ": " + e.getMessage(), e);
        }
    }

    public List<Crl> crls() throws CommandException {
        List<Crl> crls = new ArrayList<>();
        for (byte[] der : ders(PemLabel.X509_CRL, "CRL")) {
            try {
                crls.add(Crl.parse(der));
            } catch (MalformedCrlException e) {
                throw CommandException.badInput(path + ": not a CRL: " + e.getMessage(), e);
            }
        }
        return crls;
    }

    /// The DER of the one request in it, not parsed.
    public byte[] requestDer() throws CommandException {
        List<byte[]> ders = ders(PemLabel.CERTIFICATE_REQUEST, "request");
        if (ders.size() != 1) {
            throw CommandException.badInput(path + ": " + ders.size() + " requests, one expected");
        }
        return ders.getFirst();
    }

    /// The DER of each object in it, not parsed; at least one.
    ///
    /// @param inWords what they should be, for the message
    public List<byte[]> ders(PemLabel label, String inWords) throws CommandException {
        try {
            return Pem.derOf(content, label);
        } catch (MalformedPemException e) {
            throw CommandException.badInput(path + ": not a " + inWords + ": " + e.getMessage(), e);
        }
    }
}
