package org.chancery.server.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlLine;
import org.chancery.pki.revocation.CrlSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Warns of CRLs that nobody renews: each [CrlAge] of each list once. One thread.
final class AgeWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(AgeWarnings.class);

    /// What has been said of the list that a line has now.
    private record Said(Instant thisUpdate, CrlAge age) {}

    private final Duration grace;
    private final Map<CrlLine, Said> said = new HashMap<>();

    AgeWarnings(Duration grace) {
        this.grace = grace;
    }

    void look(CrlSet crls, Instant now) {
        for (Crl crl : crls.crls()) {
            CrlAge age = CrlAge.of(crl, grace, now);
            Said before = said.put(crl.line(), new Said(crl.thisUpdate(), age));
            boolean worse =
                    before == null || !before.thisUpdate().equals(crl.thisUpdate()) || age.compareTo(before.age()) > 0;
            if (worse && age != CrlAge.FRESH) {
                warn(crl, age);
            }
        }
    }

    private void warn(Crl crl, CrlAge age) {
        String which = "CRL " + crl.number() + " of " + crl.issuer();
        switch (age) {
            case FRESH -> {}
            case HALF, THREE_QUARTERS, NINE_TENTHS ->
                LOG.warn(
                        "{} of the life of {} is over; the next is due by {} (ca crl --if-due)",
                        age.share(),
                        which,
                        crl.nextUpdate());
            case OVERDUE ->
                LOG.error(
                        "{} is overdue since {}; from {} whoever {} certified is not let in, and their sessions end (ca crl)",
                        which,
                        crl.nextUpdate(),
                        crl.nextUpdate().plus(grace),
                        crl.issuer());
            case STALE ->
                LOG.error(
                        "{} is stale: whoever {} certified is not let in until there is a fresh one (ca crl)",
                        which,
                        crl.issuer());
        }
    }
}
