package org.chancery.ca.lint;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;

/// The Time of RFC 5280 section 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050, seconds always, `Z` always.
public final class Times {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final int FIRST_GENERALIZED_YEAR = 2050;

    private Times() {}

    /// The instant.
    ///
    /// @throws UnreadableException if it is no time in the form of RFC 5280
    public static Instant read(Tlv time) throws UnreadableException {
        String text = time.ascii();
        if (time.is(Tlv.UTC_TIME)) {
            return parse((text.compareTo("50") < 0 ? "20" : "19") + text);
        }
        time.as(Tlv.GENERALIZED_TIME);
        return parse(text);
    }

    /// What is wrong with the choice between the two forms; empty if nothing is.
    public static Optional<String> misencoded(String field, Tlv time) throws UnreadableException {
        int year = read(time).atOffset(ZoneOffset.UTC).getYear();
        boolean generalized = time.is(Tlv.GENERALIZED_TIME);
        return generalized == year >= FIRST_GENERALIZED_YEAR
                ? Optional.empty()
                : Optional.of(field + " of " + year + " as " + (generalized ? "GeneralizedTime" : "UTCTime"));
    }

    private static Instant parse(String text) throws UnreadableException {
        try {
            return LocalDateTime.parse(text, FORM).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new UnreadableException("a time that is not YYYYMMDDHHMMSSZ");
        }
    }
}
