package org.chancery.pki.certificate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The time in which a certificate is valid, both ends included, in whole seconds as certificates can say them.
public record Validity(Instant notBefore, Instant notAfter) {
    /// The end of the calendar that GeneralizedTime can write (RFC 5280 section 4.1.2.5).
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

    /// Both instants lose their fraction of a second.
    ///
    /// @throws IllegalArgumentException if it ends before it begins, or outside years 0 to 9999
    public Validity {
        notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
        notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
        if (notAfter.isBefore(notBefore)) {
            throw new IllegalArgumentException("notAfter %s is before notBefore %s".formatted(notAfter, notBefore));
        }
        if (notBefore.isBefore(FIRST) || notAfter.isAfter(LAST)) {
            throw new IllegalArgumentException("validity outside years 0 to 9999");
        }
    }

    /// Whether the instant lies within.
    public boolean contains(Instant instant) {
        return !instant.isBefore(notBefore) && instant.isBefore(notAfter.plusSeconds(1));
    }
}
