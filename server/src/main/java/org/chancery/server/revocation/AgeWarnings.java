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
        String whose = "CRL " + crl.number() + " of " + crl.issuer();
        switch (age) {
            case FRESH -> {}
            case HALF, THREE_QUARTERS, NINE_TENTHS ->
                LOG.warn("{} has used up {} of its life, next was to come by {}", whose, age.share(), crl.nextUpdate());
            case OVERDUE ->
                LOG.error(
                        "{} is overdue since {}; from {} nobody is let in and every session ends",
                        whose,
                        crl.nextUpdate(),
                        crl.nextUpdate().plus(grace));
            case STALE -> LOG.error("{} is stale: nobody is let in until there is a fresh one (ca crl)", whose);
        }
    }
}
