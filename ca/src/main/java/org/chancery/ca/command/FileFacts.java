package org.chancery.ca.command;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.chancery.console.CommandException;
import org.chancery.console.InputFile;
import org.chancery.console.PassphraseSource;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.request.CertificateRequest;
import org.chancery.pki.request.CertificateRequestException;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;

/// A file in words, whatever it turns out to be: each PEM block, or the one thing a DER file holds.
final class FileFacts {
    /// `SEQUENCE { INTEGER 3`, behind a length in one of its three forms: how a PKCS#12 file begins and
    /// nothing else here.
    private static final byte[] PFX_VERSION = {0x02, 0x01, 0x03};

    private FileFacts() {}

    static List<Facts> of(InputFile file, PassphraseSource passphrases) throws Exception {
        byte[] content = file.content();
        if (isPfx(content)) {
            try (Passphrase passphrase = passphrases.existing("passphrase of " + file.path())) {
                return List.of(of(KeyStoreFile.parse(content, passphrase)));
            }
        }
        if (content.length > 0 && content[0] == 0x30) {
            return List.of(ofDer(file));
        }
        List<Facts> facts = new ArrayList<>();
        try {
            for (Pem.Block block : Pem.parse(content)) {
                facts.add(of(block, file));
            }
        } catch (MalformedPemException e) {
            throw CommandException.badInput(file.path() + ": " + e.getMessage(), e);
        }
        return facts;
    }

    private static Facts of(Pem.Block block, InputFile file) throws CommandException {
        return switch (block.label()) {
            case CERTIFICATE -> certificate(block.der(), file);
            case CERTIFICATE_REQUEST -> request(block.der(), file);
            case X509_CRL -> crl(block.der(), file);
            case PRIVATE_KEY, ENCRYPTED_PRIVATE_KEY -> new Facts().put("kind", "private key, not shown");
            case CMS -> new Facts().put("kind", "cms").put("octets", block.der().length);
            case OCSP_RESPONSE -> new Facts().put("kind", "ocsp response").put("octets", block.der().length);
        };
    }

    /// DER does not say what it is; the three kinds exclude each other.
    private static Facts ofDer(InputFile file) throws CommandException {
        try {
            return CertificateFacts.of(Certificates.parse(file.content()));
        } catch (MalformedCertificateException notACertificate) {
            try {
                return CrlFacts.of(Crl.parse(file.content()));
            } catch (MalformedCrlException notACrl) {
                return request(file.content(), file);
            }
        }
    }

    private static Facts certificate(byte[] der, InputFile file) throws CommandException {
        try {
            return CertificateFacts.of(Certificates.parse(der));
        } catch (MalformedCertificateException e) {
            throw CommandException.badInput(file.path() + ": " + e.getMessage(), e);
        }
    }

    private static Facts crl(byte[] der, InputFile file) throws CommandException {
        try {
            return CrlFacts.of(Crl.parse(der));
        } catch (MalformedCrlException e) {
            throw CommandException.badInput(file.path() + ": " + e.getMessage(), e);
        }
    }

    private static Facts request(byte[] der, InputFile file) throws CommandException {
        try {
            CertificateRequest request = CertificateRequest.parse(der);
            return new Facts()
                    .put("kind", "request")
                    .put("subject", request.subject().toString())
                    .putIfPresent("displayName", request.subject().displayName())
                    .put("names", CertificateFacts.words(request.requestedNames()))
                    .put("keyType", CertificateFacts.keyType(request.publicKey()))
                    .put("requestsAuthority", request.requestsAuthority())
                    .put("extensions", request.requestedExtensionOids())
                    .put("device", request.deviceId().hex());
        } catch (CertificateRequestException e) {
            throw CommandException.badInput(file.path() + ": " + e.getMessage(), e);
        }
    }

    private static Facts of(KeyStoreFile keyStore) throws Exception {
        Facts facts = new Facts()
                .put("kind", "keystore")
                .put("keyType", CertificateFacts.keyType(keyStore.key().publicKey()))
                .put("device", keyStore.key().deviceId().hex())
                .put("pending", keyStore.pending());
        if (!keyStore.pending()) {
            List<X509Certificate> chain = keyStore.identity().chain().certificates();
            facts.put(
                    "chain",
                    chain.stream()
                            .map(c -> NameText.of(c.getSubjectX500Principal()))
                            .toList());
            facts.put("fingerprint", Certificates.sha256Fingerprint(chain.getFirst()));
        }
        return facts.put(
                "trusted",
                keyStore.anchors().certificates().stream()
                        .map(c -> NameText.of(c.getSubjectX500Principal()))
                        .toList());
    }

    private static boolean isPfx(byte[] content) {
        for (int header = 2; header <= 6 && header + PFX_VERSION.length <= content.length; header++) {
            boolean matches = content[header] == PFX_VERSION[0]
                    && content[header + 1] == PFX_VERSION[1]
                    && content[header + 2] == PFX_VERSION[2];
            if (matches && content[0] == 0x30 && (header == 2 || (content[1] & 0x7f) == header - 2)) {
                return true;
            }
        }
        return false;
    }
}
