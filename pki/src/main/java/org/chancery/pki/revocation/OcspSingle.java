package org.chancery.pki.revocation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;

/// One answer about one certificate (SingleResponse, RFC 6960 section 4.2.1).
///
/// @param thisUpdate since when this is known to be right
/// @param nextUpdate until when it may be relied upon; where a responder leaves it out nobody can say
public record OcspSingle(OcspCertId id, OcspStatus status, Instant thisUpdate, Optional<Instant> nextUpdate) {
    public OcspSingle {
        thisUpdate = thisUpdate.truncatedTo(ChronoUnit.SECONDS);
        nextUpdate = nextUpdate.map(next -> next.truncatedTo(ChronoUnit.SECONDS));
    }

    static OcspSingle read(DerCursor single) throws MalformedDerException, MalformedOcspException {
        OcspCertId id = OcspCertId.read(single.enter(DerCursor.SEQUENCE));
        OcspStatus status = status(single);
        Instant thisUpdate = single.generalizedTime();
        Optional<DerCursor> next = single.enterIfPresent(DerCursor.constructed(0));
        Optional<Instant> nextUpdate = next.isPresent() ? Optional.of(next.get().generalizedTime()) : Optional.empty();
        // archiveCutoff, crlID and the like do not change what is said.
        OcspExtensions.readIfPresent(single, DerCursor.constructed(1), Map.of());
        single.end();
        if (nextUpdate.isPresent() && nextUpdate.get().isBefore(thisUpdate)) {
            throw new MalformedDerException("nextUpdate is before thisUpdate");
        }
        return new OcspSingle(id, status, thisUpdate, nextUpdate);
    }

    private static OcspStatus status(DerCursor single) throws MalformedDerException {
        if (single.isNext(DerCursor.primitive(0))) {
            requireNull(single.contents(DerCursor.primitive(0)));
            return new OcspStatus.Good();
        }
        if (single.isNext(DerCursor.primitive(2))) {
            requireNull(single.contents(DerCursor.primitive(2)));
            return new OcspStatus.Unknown();
        }
        DerCursor revoked = single.enter(DerCursor.constructed(1));
        Instant at = revoked.generalizedTime();
        Optional<DerCursor> reason = revoked.enterIfPresent(DerCursor.constructed(0));
        int code = reason.isPresent() ? reason.get().enumerated() : RevocationReason.UNSPECIFIED.code();
        revoked.end();
        return new OcspStatus.Revoked(
                at,
                RevocationReason.ofCode(code)
                        .filter(known -> known != RevocationReason.REMOVE_FROM_CRL)
                        .orElseThrow(() -> new MalformedDerException("reason %d does not exist".formatted(code))));
    }

    private static void requireNull(byte[] contents) throws MalformedDerException {
        if (contents.length != 0) {
            throw new MalformedDerException("a NULL with contents");
        }
    }
}
