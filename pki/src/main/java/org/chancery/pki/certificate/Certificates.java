package org.chancery.pki.certificate;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.key.PublicKeys;
import org.chancery.pki.signature.SignedStructure;

/// Certificates from their DER, and what is asked of them most.
public final class Certificates {
    /// Certificates are one or two KiB; post-quantum ones will be twenty.
    public static final int MAX_OCTETS = 64 * 1024;

    private Certificates() {}

    /// Reads one X.509 certificate in DER. Nothing about it is trusted yet.
    ///
    /// @throws MalformedCertificateException if it exceeds [#MAX_OCTETS], is no certificate, or anything follows it
    public static X509Certificate parse(byte[] der) throws MalformedCertificateException {
        if (der.length > MAX_OCTETS) {
            throw new MalformedCertificateException(
                    CertificateFailure.TOO_LARGE,
                    "certificate of %d octets, at most %d".formatted(der.length, MAX_OCTETS));
        }
        try {
            // Before the JDK's factory, which would also take PEM, PKCS #7 and BER, ignore what follows, and pass
            // over the unused bits of a signature: two encodings of one certificate would be two certificates.
            SignedStructure.parse(der);
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            SerialNumber.of(certificate);
            PublicKeys.bits(
                    certificate.getPublicKey()); // of a kind that the JDK does not know, it has looked at nothing
            return certificate;
        } catch (MalformedDerException | CertificateException | RuntimeException e) {
            // Unchecked ones too: the JDK's parser is this seam's other half, and the bytes are all that can be
            // wrong.
            throw new MalformedCertificateException(
                    CertificateFailure.MALFORMED, "not an X.509 certificate in DER: " + e.getMessage(), e);
        }
    }

    /// The SHA-256 of the certificate's DER, in lower-case hex: what people compare.
    public static String sha256Fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der(certificate)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The identifier of the certificate's key: its subjectKeyIdentifier, or what ours would be where it has none.
    public static byte[] subjectKeyIdentifier(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extensions.SUBJECT_KEY_IDENTIFIER);
        if (extension == null) {
            return KeyIdentifiers.of(certificate.getPublicKey());
        }
        try {
            byte[] wrapped = DerCursor.of(extension).contents(DerCursor.OCTET_STRING);
            return DerCursor.of(wrapped).contents(DerCursor.OCTET_STRING);
        } catch (MalformedDerException e) {
            // An identifier is a hint for finding a key; a garbled one finds none, ours is as good.
            return KeyIdentifiers.of(certificate.getPublicKey());
        }
    }

    /// The DER of a certificate that was read from DER.
    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has its encoding", e);
        }
    }
}
