package org.chancery.pki.path;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;

/// The form of RFC 5280 section 4, as far as the JDK's parser is lenient about it: serial numbers are
/// positive and of at most 20 octets, and every extension that restricts can be read. The JDK takes one
/// that it cannot read, and that is not critical, for absent: a CA would be rid of its constraints by a
/// typing error.
///
/// No certificate object has an extension twice, or another signature algorithm inside than outside: the
/// parser refuses these. The anchor is believed as it is.
final class ProfileRule implements PathRule {
    private static final int MAX_SERIAL_OCTETS = 20;

    private static final Map<String, Form> RESTRICTING = Map.of(
            Extensions.BASIC_CONSTRAINTS,
            BasicConstraints::getInstance,
            Extensions.KEY_USAGE,
            value -> ASN1BitString.getInstance(value),
            Extensions.EXTENDED_KEY_USAGE,
            ExtendedKeyUsage::getInstance,
            Extensions.NAME_CONSTRAINTS,
            NameConstraints::getInstance,
            Extensions.SUBJECT_ALTERNATIVE_NAME,
            GeneralNames::getInstance,
            "2.5.29.36",
            PolicyConstraints::getInstance);

    /// Reads an extension's value, or throws whatever it likes.
    @FunctionalInterface
    private interface Form {
        Object read(byte[] der);
    }

    @Override
    public void check(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        List<X509Certificate> certificates =
                path.certificates().stream().map(PathCertificate::certificate).toList();
        for (int i = 0; i < certificates.size(); i++) {
            checkSerialNumber(certificates.get(i), i);
            checkExtensions(certificates.get(i), i);
            PathCertificate read = path.certificates().get(i);
            if (!read.isReadable()) {
                throw malformed(i, read.fault().orElseThrow());
            }
        }
    }

    private static void checkSerialNumber(X509Certificate certificate, int index) throws PathValidationException {
        BigInteger serial = certificate.getSerialNumber();
        int octets = serial.toByteArray().length;
        if (serial.signum() <= 0) {
            throw malformed(index, "serial number not positive (RFC 5280 4.1.2.2)");
        }
        if (octets > MAX_SERIAL_OCTETS) {
            throw malformed(
                    index,
                    "serial number of %d octets, at most %d (RFC 5280 4.1.2.2)".formatted(octets, MAX_SERIAL_OCTETS));
        }
    }

    private static void checkExtensions(X509Certificate certificate, int index) throws PathValidationException {
        for (Map.Entry<String, Form> restricting : RESTRICTING.entrySet()) {
            byte[] wrapped = certificate.getExtensionValue(restricting.getKey());
            if (wrapped != null && !isReadable(wrapped, restricting.getValue())) {
                throw malformed(index, "extension " + restricting.getKey() + " cannot be read");
            }
        }
    }

    private static boolean isReadable(byte[] wrapped, Form form) {
        try {
            byte[] value = Der.read(
                    wrapped, octets -> ASN1OctetString.getInstance(octets).getOctets());
            return Der.read(value, _ -> form.read(value) != null);
        } catch (MalformedDerException e) {
            return false;
        }
    }

    private static PathValidationException malformed(int index, String message) {
        return new PathValidationException(PathFailure.MALFORMED, index, message);
    }
}
