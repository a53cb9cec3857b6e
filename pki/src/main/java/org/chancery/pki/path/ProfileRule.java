package org.chancery.pki.path;

import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x509.Certificate;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;

/// What RFC 5280 section 4.1 asks of the form of a certificate and lenient parsers let pass, because each has
/// served to make two readers see two certificates. The anchor is believed as it is.
final class ProfileRule implements PathRule {
    private static final int MAX_SERIAL_OCTETS = 20;

    @Override
    public void check(CandidatePath path, ValidationRequest request) throws PathValidationException {
        for (int i = 0; i < path.length(); i++) {
            check(path.certificates().get(i), i);
        }
    }

    private static void check(X509Certificate certificate, int index) throws PathValidationException {
        BigInteger serial = certificate.getSerialNumber();
        if (serial.signum() <= 0) {
            throw malformed(index, "serial number not positive (RFC 5280 4.1.2.2)");
        }
        int octets = serial.toByteArray().length;
        if (octets > MAX_SERIAL_OCTETS) {
            throw malformed(
                    index,
                    "serial number of %d octets, at most %d (RFC 5280 4.1.2.2)".formatted(octets, MAX_SERIAL_OCTETS));
        }
        if (!statesOneAlgorithm(certificate, index)) {
            throw malformed(index, "signature algorithm differs inside and outside (RFC 5280 4.1.1.2)");
        }
    }

    /// Parsing also refuses an extension that stands twice: Bouncy Castle's `Extensions` does not take one.
    private static boolean statesOneAlgorithm(X509Certificate certificate, int index) throws PathValidationException {
        try {
            return Der.read(certificate.getEncoded(), primitive -> {
                Certificate parsed = Certificate.getInstance(primitive);
                boolean extensionsAllowed = parsed.getExtensions() == null || parsed.getVersionNumber() == 3;
                if (!extensionsAllowed) {
                    throw new IllegalArgumentException("extensions before version 3");
                }
                return parsed.getSignatureAlgorithm()
                        .equals(parsed.getTBSCertificate().getSignature());
            });
        } catch (MalformedDerException | CertificateEncodingException e) {
            throw malformed(index, "not a certificate of RFC 5280's form, or an extension twice");
        }
    }

    private static PathValidationException malformed(int index, String message) {
        return new PathValidationException(PathFailure.MALFORMED, index, message);
    }
}
