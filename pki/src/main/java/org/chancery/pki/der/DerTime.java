package org.chancery.pki.der;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERUTCTime;

/// Times as RFC 5280 section 4.1.2.5 writes them: UTCTime through 2049, GeneralizedTime from 2050, seconds always,
/// `Z` always.
///
/// Bouncy Castle accepts zones and fractions here and formats by the default locale in places; this does neither.
public final class DerTime {
    private static final DateTimeFormatter GENERALIZED = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT);
    private static final int FIRST_YEAR_OF_UTC_TIME = 1950;
    private static final int FIRST_YEAR_OF_GENERALIZED_TIME = 2050;
    private static final int ROOM = 24;

    private DerTime() {}

    /// The Time choice for an instant of whole seconds.
    public static ASN1Primitive of(Instant instant) {
        return isOfUtcTime(instant) ? new DERUTCTime(format(instant).substring(2)) : generalized(instant);
    }

    /// The DER of [#of], without a detour by a calendar.
    public static byte[] der(Instant instant) {
        boolean utc = isOfUtcTime(instant);
        String text = format(instant);
        return new DerOutput(ROOM)
                .value(
                        utc ? DerCursor.UTC_TIME : DerCursor.GENERALIZED_TIME,
                        text.substring(utc ? 2 : 0).getBytes(StandardCharsets.US_ASCII))
                .toByteArray();
    }

    /// Whether the Time choice must be UTCTime.
    static boolean isOfUtcTime(Instant instant) {
        int year = instant.atOffset(ZoneOffset.UTC).getYear();
        return year >= FIRST_YEAR_OF_UTC_TIME && year < FIRST_YEAR_OF_GENERALIZED_TIME;
    }

    /// GeneralizedTime whatever the year, for fields that have no choice (invalidityDate, expiredCertsOnCRL).
    public static ASN1Primitive generalized(Instant instant) {
        return new DERGeneralizedTime(format(instant));
    }

    /// Reads either form of the Time choice.
    ///
    /// @throws IOException if it is neither, or not in RFC 5280's form
    public static Instant read(ASN1Encodable time) throws IOException {
        ASN1Primitive primitive = time.toASN1Primitive();
        if (primitive instanceof ASN1UTCTime) {
            String text = contents(primitive);
            return parse(century(text) + text);
        }
        return readGeneralized(primitive);
    }

    /// Reads a field that must be GeneralizedTime.
    ///
    /// @throws IOException if it is not, or not in RFC 5280's form
    public static Instant readGeneralized(ASN1Encodable time) throws IOException {
        if (!(time.toASN1Primitive() instanceof ASN1GeneralizedTime primitive)) {
            throw new IOException("not a time");
        }
        return parse(contents(primitive));
    }

    /// The contents of a UTCTime.
    static Instant utc(byte[] contents) throws MalformedDerException {
        String text = new String(contents, StandardCharsets.US_ASCII);
        return strictly(century(text) + text);
    }

    /// The contents of a GeneralizedTime.
    static Instant generalized(byte[] contents) throws MalformedDerException {
        return strictly(new String(contents, StandardCharsets.US_ASCII));
    }

    private static Instant strictly(String text) throws MalformedDerException {
        try {
            return parse(text);
        } catch (IOException e) {
            throw new MalformedDerException("not a time of RFC 5280: " + e.getMessage(), e);
        }
    }

    /// Two digits: 50 to 99 are of the twentieth century (RFC 5280 section 4.1.2.5.1).
    private static String century(String utc) {
        return utc.compareTo("50") < 0 ? "20" : "19";
    }

    private static String contents(ASN1Primitive time) throws IOException {
        byte[] der = time.getEncoded();
        // Tag and one length octet: a time longer than 127 octets fails to parse anyway.
        return new String(der, 2, der.length - 2, StandardCharsets.US_ASCII);
    }

    private static String format(Instant instant) {
        return GENERALIZED.format(instant.atOffset(ZoneOffset.UTC));
    }

    /// By hand and not by a formatter, which would be half the time of reading a long CRL.
    private static Instant parse(String text) throws IOException {
        if (text.length() != 15 || text.charAt(14) != 'Z') {
            throw new IOException("time not in the form of RFC 5280");
        }
        try {
            return LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 4, 6),
                            number(text, 6, 8),
                            number(text, 8, 10),
                            number(text, 10, 12),
                            number(text, 12, 14))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IOException("time outside the calendar", e);
        }
    }

    private static int number(String text, int from, int to) throws IOException {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new IOException("time with something else than digits");
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
