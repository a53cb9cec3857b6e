package org.chancery.client.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.revocation.CrlSet;

/// Signers that were accepted by one path at two moments, so that they are accepted at every moment between: each
/// certificate of the path was valid at both, and what a list says to be revoked by then was revoked at the later one,
/// too. Only for as long as the lists are the very same ones, and no longer than a few seconds, in which none of them
/// grows stale that matters. For one thread.
final class AcceptedSpans {
    private static final Duration LIFE = Duration.ofSeconds(10);

    /// The devices that write in a large room.
    private static final int MOST = 1_024;

    /// A device, by the certificates that are known of it, and whose it is to be.
    record Subject(CertificateChain chain, Address address) {}

    /// @param held the lists that it was judged by
    /// @param judgedAt by the clock here
    record Span(ValidatedPath path, CrlSet held, Instant from, Instant to, Instant judgedAt) {
        private boolean covers(CrlSet lists, Instant then, Instant now) {
            return held == lists
                    && !then.isBefore(from)
                    && !then.isAfter(to)
                    && !now.isBefore(judgedAt)
                    && now.isBefore(judgedAt.plus(LIFE));
        }
    }

    private final Map<Subject, Span> spans = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Span> eldest) {
            return size() > MOST;
        }
    };

    /// The path by which a signer is accepted at `then`, where that is known.
    Optional<ValidatedPath> find(Subject subject, CrlSet lists, Instant then, Instant now) {
        return Optional.ofNullable(spans.get(subject))
                .filter(span -> span.covers(lists, then, now))
                .map(Span::path);
    }

    void put(Subject subject, Span span) {
        spans.put(subject, span);
    }
}
