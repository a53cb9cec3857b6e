package org.chancery.pki.path;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.OcspResponse;
import org.chancery.pki.revocation.RevokedCertificate;

/// What there is to judge revocation by, and as of when.
///
/// @param at when the evidence must be fresh
/// @param actedAt when what is judged was done: an entry that says a certificate was good until later does
/// not count against it; [Instant#MAX] if every entry counts
record RevocationEvidence(CrlSet crls, List<OcspResponse> ocsp, Duration grace, Instant at, Instant actedAt) {
    /// How far the clock of who issued evidence may be ahead of ours.
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /// Empty if revocation is not to be looked at.
    static Optional<RevocationEvidence> of(Revocation revocation, Instant requestedAt) {
        return switch (revocation) {
            case Revocation.NotChecked _ -> Optional.empty();
            case Revocation.Required required ->
                Optional.of(new RevocationEvidence(
                        required.crls(), required.ocsp(), required.grace(), requestedAt, Instant.MAX));
            case Revocation.AsOf asOf ->
                Optional.of(
                        new RevocationEvidence(asOf.crls(), List.of(), asOf.grace(), asOf.now(), asOf.acceptedAt()));
        };
    }

    /// Whether something made then could not have been made yet.
    boolean isFromFuture(Instant thisUpdate) {
        return thisUpdate.isAfter(at.plus(CLOCK_SKEW));
    }

    /// Whether something to be renewed by then no longer counts.
    boolean isStale(Instant nextUpdate) {
        return nextUpdate.plus(grace).isBefore(at);
    }

    /// Whether an entry speaks against what is judged.
    boolean counts(RevokedCertificate entry) {
        return !entry.since().isAfter(actedAt);
    }
}
