package org.chancery.pki.path;

import java.math.BigInteger;
import java.security.cert.X509Certificate;

/// Serial numbers are positive and of at most 20 octets (RFC 5280 section 4.1.2.2). Of what else section 4.1 asks,
/// the parsers of the JDK see to it that no certificate object has an extension twice, or names one signature
/// algorithm inside and another outside. The anchor is believed as it is.
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
        int octets = serial.toByteArray().length;
        if (serial.signum() <= 0) {
            throw new PathValidationException(
                    PathFailure.MALFORMED, index, "serial number not positive (RFC 5280 4.1.2.2)");
        }
        if (octets > MAX_SERIAL_OCTETS) {
            throw new PathValidationException(
                    PathFailure.MALFORMED,
                    index,
                    "serial number of %d octets, at most %d (RFC 5280 4.1.2.2)".formatted(octets, MAX_SERIAL_OCTETS));
        }
    }
}
