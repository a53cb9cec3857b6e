package org.chancery.pki.fuzz;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.keystore.PrivateKeyFile;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.request.CertificateRequest;
import org.chancery.pki.request.CertificateRequestException;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;
import org.chancery.pki.revocation.MalformedOcspException;
import org.chancery.pki.revocation.OcspCertId;
import org.chancery.pki.revocation.OcspRequest;
import org.chancery.pki.revocation.OcspResponse;

/// One parser a method, and what holds for whatever it accepts.
final class Parsers {
    static final String PASSPHRASE = "fuzz";

    private Parsers() {}

    static void request(byte[] input) {
        try {
            same(input, CertificateRequest.parse(input).der());
        } catch (CertificateRequestException declared) {
            return;
        }
    }

    static void certificate(byte[] input) {
        try {
            X509Certificate certificate = Certificates.parse(input);
            same(input, Certificates.der(certificate));
            Certificates.subjectKeyIdentifier(certificate);
            OcspCertId.of(OcspCertId.Hash.SHA_256, certificate, SerialNumber.of(certificate));
            GeneralNames.subjectAlternativeNames(certificate);
        } catch (MalformedCertificateException | MalformedNameException declared) {
            return;
        }
    }

    static void crl(byte[] input) {
        try {
            Crl crl = Crl.parse(input);
            same(input, crl.der());
            crl.signedBy(FuzzKey.KEY.publicKey());
            crl.entries().forEach(entry -> crl.find(entry.serialNumber()));
        } catch (MalformedCrlException declared) {
            return;
        }
    }

    static void ocspRequest(byte[] input) {
        try {
            OcspRequest.parse(input);
        } catch (MalformedOcspException declared) {
            return;
        }
    }

    static void ocspResponse(byte[] input) {
        try {
            OcspResponse response = OcspResponse.parse(input);
            same(input, response.der());
            response.signedBy(FuzzKey.CERTIFICATE);
        } catch (MalformedOcspException declared) {
            return;
        }
    }

    static void keyStore(byte[] input) {
        try (Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray())) {
            KeyStoreFile.parse(input, passphrase);
        } catch (KeyStoreFileException declared) {
            return;
        }
    }

    static void privateKey(byte[] input) {
        try {
            PrivateKeyFile.parse(input).encrypted();
        } catch (KeyStoreFileException declared) {
            return;
        }
    }

    /// Verified as far as it goes without a path.
    static void record(byte[] input) {
        try {
            SignedRecord record = SignedRecord.parse(input);
            same(input, record.der());
            record.verify(record.purpose(), List.of());
            throw new AssertionError("verified without anybody accepted");
        } catch (RecordException declared) {
            return;
        }
    }

    /// Text differs in what RFC 7468 leaves open; what it holds does not.
    static void pem(byte[] input) throws MalformedPemException {
        List<Pem.Block> blocks;
        try {
            blocks = Pem.parse(input);
        } catch (MalformedPemException declared) {
            return;
        }
        List<Pem.Block> again = new ArrayList<>();
        for (Pem.Block block : blocks) {
            again.addAll(Pem.parse(Pem.encode(block.label(), block.der()).getBytes(StandardCharsets.US_ASCII)));
        }
        if (!again.equals(blocks)) {
            throw new AssertionError("blocks that change when they are written again");
        }
    }

    /// What is accepted is what was given: no octet of it was skipped or read in two ways.
    private static void same(byte[] given, byte[] held) {
        if (!Arrays.equals(given, held)) {
            throw new AssertionError("accepted, and not the octets that were given");
        }
    }
}
