package org.chancery.server.session;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.protocol.channel.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a device may be here, by its certificates: it was let in, and that need not last.
final class Standing {

    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

    private final Peer peer;
    private final RelayContext relay;
    private final Instant validUntil;

    Standing(Peer peer, RelayContext relay) {
        this.peer = peer;
        this.relay = relay;
        this.validUntil = validUntil(peer.path());
    }

    /// The first instant at which one of the certificates has run out: each is good for the whole of its last
    /// second (RFC 5280 section 4.1.2.5).
    private static Instant validUntil(ValidatedPath path) {
        return Stream.concat(path.chain().certificates().stream(), Stream.of(path.anchor()))
                .map(certificate -> certificate.getNotAfter().toInstant().plusSeconds(1))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /// Why it has to go as things are now; empty if it may stay. Fails in no other way: somebody else is judged next.
    Optional<Departure> judge() {
        try {
            relay.met().accept(relay.judge().person(peer.path().chain().certificates()));
            return Optional.empty();
        } catch (PathValidationException e) {
            LOG.info("{} no longer accepted: {} ({})", Session.name(peer), e.getMessage(), e.failure());
            return Optional.of(new Departure(endFor(e.failure()), Session.told(String.valueOf(e.getMessage()))));
        } catch (RuntimeException e) {
            LOG.error("{} cannot be judged", Session.name(peer), e);
            return Optional.of(new Departure(SessionEnd.FAILURE, "the relay failed"));
        }
    }

    private static SessionEnd endFor(PathFailure failure) {
        return switch (failure) {
            case REVOKED -> SessionEnd.REVOKED;
            case EXPIRED -> SessionEnd.EXPIRED;
            case CRL_STALE, CRL_MISSING -> SessionEnd.REVOCATION_STALE;
            default -> SessionEnd.UNTRUSTED;
        };
    }

    /// Why it has to go at that time, by the clock alone.
    Optional<Departure> at(Instant now) {
        return now.isBefore(validUntil)
                ? Optional.empty()
                : Optional.of(new Departure(SessionEnd.EXPIRED, "the certificate has run out"));
    }
}
