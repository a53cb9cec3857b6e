package org.chancery.server;

import java.time.Duration;
import java.time.Instant;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.PathValidationException;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the relay shows of itself: judged before it is shown, by the rules that its clients go by, and replaced
/// while it runs. Warns ahead of its end. Thread safe.
final class RelayIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(RelayIdentity.class);

    private static final Duration URGENT = Duration.ofDays(7);
    private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);

    private final PeerJudge judge;
    private volatile Shown shown;
    private @Nullable Instant warnedAt; // the ticking thread's

    private record Shown(Identity identity, TlsIdentity tls) {}

    /// @throws PathValidationException if nobody would accept it
    RelayIdentity(Identity identity, PeerJudge judge) throws PathValidationException {
        this.judge = judge;
        check(identity);
        this.shown = new Shown(identity, new TlsIdentity(identity, judge));
    }

    /// For the next handshake.
    TlsIdentity tls() {
        return shown.tls();
    }

    Identity identity() {
        return shown.identity();
    }

    /// Shows another one from the next handshake on.
    ///
    /// @throws PathValidationException if nobody would accept it; the old one stays
    void become(Identity other) throws PathValidationException {
        check(other);
        shown = new Shown(other, new TlsIdentity(other, judge));
    }

    /// That the CRLs are out of date is no fault of the certificate, and mends itself with fresh ones; until then
    /// nobody is let in.
    private void check(Identity identity) throws PathValidationException {
        try {
            judge.own(identity.chain().certificates());
        } catch (PathValidationException e) {
            if (e.failure() != PathFailure.CRL_STALE) {
                throw e;
            }
            LOG.warn("the relay's own certificate cannot be judged yet: {}", e.getMessage());
        }
    }

    /// Looks at the clock; warns once a day while less than a third of the certificate's life is left.
    void look(Instant now) {
        Instant begin = shown.identity().chain().leaf().getNotBefore().toInstant();
        Instant end = shown.identity().chain().leaf().getNotAfter().toInstant();
        Duration left = Duration.between(now, end);
        boolean ending = left.compareTo(Duration.between(begin, end).dividedBy(3)) < 0;
        boolean warned = warnedAt != null && now.isBefore(warnedAt.plus(BETWEEN_WARNINGS));
        if (!ending || warned) {
            return;
        }
        warnedAt = now;
        if (left.isNegative()) {
            LOG.error("the relay's own certificate ended at {}: no client connects any more", end);
        } else if (left.compareTo(URGENT) < 0) {
            LOG.error("the relay's own certificate ends at {}, in {}: renew it (ca renew)", end, inWords(left));
        } else {
            LOG.warn("the relay's own certificate ends at {}, in {}: renew it (ca renew)", end, inWords(left));
        }
    }

    private static String inWords(Duration left) {
        return left.toDays() > 0 ? left.toDays() + " days" : left.toHours() + " hours";
    }
}
