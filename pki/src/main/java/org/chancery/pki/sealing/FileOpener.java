package org.chancery.pki.sealing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.file.ReadableFile;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.path.ValidatedPath;

/// Opens files that [FileSealer] or another CMS tool sealed with the same algorithms, in DER or BER.
///
/// Plaintext goes to a temporary file of mode 0600 beside the target, which takes its name only when the tag, the
/// signer's path and the signature all hold; otherwise it is gone. Memory does not grow with the file.
public final class FileOpener {
    private final SigningKey recipient;
    private final X509Certificate certificate;
    private final FileTrust trust;

    /// An opener for one recipient.
    ///
    /// @param recipient the key that opens, RSA
    /// @param certificate its certificate, which the file names as a recipient
    public FileOpener(SigningKey recipient, X509Certificate certificate, FileTrust trust) {
        this.recipient = recipient;
        this.certificate = certificate;
        this.trust = trust;
    }

    /// Opens one file into another, or says why not.
    ///
    /// @return the accepted path of the one signer
    /// @throws EnvelopeException for the first check that fails; `out` is as it was
    /// @throws IOException if `in` cannot be read or `out` not be written, or exists and `overwrite` is false
    public ValidatedPath open(Path in, Path out, boolean overwrite) throws IOException, EnvelopeException {
        try (InputStream file = new BufferedInputStream(ReadableFile.open(in), 1 << 16)) {
            FileOpening opening = new FileOpening(recipient.exposedPrivateKey(), certificate, trust, file);
            AtomicFile.write(out, Access.PRIVATE, overwrite, opening::writeTo);
            return opening.signer();
        }
    }
}
