package org.chancery.ca.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chancery.pki.certificate.Validity;

/// From when until when: from five minutes ago, so that a clock that is a little slow does not refuse its
/// first certificate, for the days wished, and never outside the issuer's own validity.
final class Period {
    private static final Duration BACK_DATED = Duration.ofMinutes(5);

    private Period() {}

    static Validity decide(int days, Lifetime lifetime, Circumstances circumstances, List<String> notes)
            throws Refusal {
        if (days < 1 || days > lifetime.maximum()) {
            throw new Refusal(
                    RefusalReason.VALIDITY, days + " days, between 1 and " + lifetime.maximum() + " in this profile");
        }
        Instant issuerBegins = circumstances.issuer().getNotBefore().toInstant();
        Instant issuerEnds = circumstances.issuer().getNotAfter().toInstant();
        Instant wished = circumstances.now().plus(Duration.ofDays(days));
        if (!circumstances.now().isBefore(issuerEnds) || circumstances.now().isBefore(issuerBegins)) {
            throw new Refusal(
                    RefusalReason.VALIDITY, "the issuing CA is valid from " + issuerBegins + " to " + issuerEnds);
        }
        if (wished.isAfter(issuerEnds)) {
            notes.add("valid for less than " + days + " days: the issuing CA itself ends at " + issuerEnds);
        }
        Instant begins = circumstances.now().minus(BACK_DATED);
        return new Validity(
                begins.isBefore(issuerBegins) ? issuerBegins : begins,
                wished.isAfter(issuerEnds) ? issuerEnds : wished);
    }
}
