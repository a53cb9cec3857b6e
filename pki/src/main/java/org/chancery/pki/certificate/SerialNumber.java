package org.chancery.pki.certificate;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.regex.Pattern;

/// A certificate's serial number: at most 20 octets (RFC 5280 section 4.1.2.2).
///
/// Ours are positive, and [TbsCertificate] sees to it; zero and negative ones that others issued can be read, so that
/// they can be looked up and revoked all the same.
public record SerialNumber(BigInteger value) implements Comparable<SerialNumber> {
    private static final int MAX_OCTETS = 20;

    /// 159 random bits: the 160th is the sign, so that 20 octets always hold it. RFC 5280 leaves the number open;
    /// unpredictable serials are what defeated chosen-prefix collisions in practice.
    private static final int RANDOM_BITS = 159;

    private static final Pattern HEX = Pattern.compile("(0[xX])?([0-9a-fA-F]{1,40})");

    /// @throws IllegalArgumentException if its encoding exceeds 20 octets
    public SerialNumber {
        int octets = value.toByteArray().length;
        if (octets > MAX_OCTETS) {
            throw new IllegalArgumentException(
                    "serial number of %d octets, at most %d (RFC 5280 4.1.2.2)".formatted(octets, MAX_OCTETS));
        }
    }

    /// A new one, positive and unpredictable.
    public static SerialNumber random(SecureRandom random) {
        BigInteger value;
        do {
            value = new BigInteger(RANDOM_BITS, random);
        } while (value.signum() == 0);
        return new SerialNumber(value);
    }

    /// The serial number of a certificate that [Certificates#parse] let through.
    ///
    /// @throws IllegalArgumentException if its encoding exceeds 20 octets
    public static SerialNumber of(X509Certificate certificate) {
        return new SerialNumber(certificate.getSerialNumber());
    }

    /// Reads a positive number in hex, as [#hex] and `openssl x509 -serial` write it; case, a leading `0x` and colons
    /// between octets do not matter.
    ///
    /// @throws MalformedCertificateException if it is no hex number, not positive, or exceeds 20 octets
    public static SerialNumber parse(String hex) throws MalformedCertificateException {
        var matcher = HEX.matcher(hex.replace(":", ""));
        if (!matcher.matches()) {
            throw new MalformedCertificateException(
                    CertificateFailure.MALFORMED, "a serial number is 1 to 40 hex digits");
        }
        BigInteger value = new BigInteger(matcher.group(2), 16);
        if (value.signum() == 0 || value.bitLength() >= 8 * MAX_OCTETS) {
            throw new MalformedCertificateException(
                    CertificateFailure.MALFORMED, "a serial number is positive and has at most 159 bits");
        }
        return new SerialNumber(value);
    }

    /// Lower-case hex of whole octets, without the sign octet; a foreign negative number with a minus before it.
    public String hex() {
        String digits = value.abs().toString(16);
        return (value.signum() < 0 ? "-" : "") + (digits.length() % 2 == 0 ? "" : "0") + digits;
    }

    /// Whether it may be issued.
    public boolean isPositive() {
        return value.signum() > 0;
    }

    @Override
    public int compareTo(SerialNumber other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return hex();
    }
}
