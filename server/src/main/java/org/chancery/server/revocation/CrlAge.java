package org.chancery.server.revocation;

import java.time.Duration;
import java.time.Instant;
import org.chancery.pki.revocation.Crl;

/// How much of its life, from thisUpdate to nextUpdate, a CRL has behind it; later is worse.
enum CrlAge {
    FRESH(""),
    HALF("half"),
    THREE_QUARTERS("75 %"),
    NINE_TENTHS("90 %"),
    /// Past its nextUpdate, within the grace.
    OVERDUE("all"),
    /// Past the grace too: it proves nothing any longer.
    STALE("all");

    private final String share;

    CrlAge(String share) {
        this.share = share;
    }

    /// How much that is, in words.
    String share() {
        return share;
    }

    static CrlAge of(Crl crl, Duration grace, Instant now) {
        if (crl.nextUpdate().plus(grace).isBefore(now)) {
            return STALE;
        }
        if (crl.nextUpdate().isBefore(now)) {
            return OVERDUE;
        }
        double life = Duration.between(crl.thisUpdate(), crl.nextUpdate()).toSeconds();
        double used = Duration.between(crl.thisUpdate(), now).toSeconds() / Math.max(life, 1);
        return used >= 0.9 ? NINE_TENTHS : used >= 0.75 ? THREE_QUARTERS : used >= 0.5 ? HALF : FRESH;
    }
}
