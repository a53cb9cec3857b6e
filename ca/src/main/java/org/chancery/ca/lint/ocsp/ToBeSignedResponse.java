package org.chancery.ca.lint.ocsp;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.Parts;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;

/// A ResponseData (RFC 6960 section 4.2.1), taken apart and not yet judged.
///
/// ```
/// SEQUENCE { version [0] DEFAULT v1, responderID CHOICE { byName [1], byKey [2] }, producedAt GeneralizedTime,
///            responses SEQUENCE OF SingleResponse, responseExtensions [1] OPTIONAL }
/// ```
///
/// @param hasVersion whether the default is spelled out
/// @param signing by whom, for whom and when it is about to be signed; empty for what came from outside
record ToBeSignedResponse(
        boolean hasVersion,
        Tlv responderId,
        Tlv producedAt,
        List<Single> responses,
        List<ReadExtension> extensions,
        Optional<Signing> signing) {
    /// One answer.
    ///
    /// @param status good `[0]`, revoked `[1]`, unknown `[2]`
    record Single(Tlv certId, Tlv status, Tlv thisUpdate, Optional<Tlv> nextUpdate, List<ReadExtension> extensions) {}

    /// Whose key signs, for which CA, and when.
    ///
    /// @param signer the CA itself, or whom it delegated to
    record Signing(X509Certificate signer, X509Certificate issuer, Instant now) {}

    static ToBeSignedResponse read(byte[] der, Optional<Signing> signing) throws UnreadableException {
        Parts parts = new Parts(Tlv.parse(der).as(Tlv.SEQUENCE).children());
        boolean hasVersion = parts.nextIf(0xa0).isPresent();
        Tlv responderId = parts.next();
        Tlv producedAt = parts.next(Tlv.GENERALIZED_TIME);
        List<Single> responses = new ArrayList<>();
        for (Tlv single : parts.next(Tlv.SEQUENCE).children()) {
            responses.add(single(new Parts(single.as(Tlv.SEQUENCE).children())));
        }
        Optional<Tlv> extensions = parts.nextIf(0xa1);
        parts.requireEnd();
        return new ToBeSignedResponse(
                hasVersion,
                responderId,
                producedAt,
                List.copyOf(responses),
                extensions.isPresent() ? ReadExtension.all(extensions.get().inner()) : List.of(),
                signing);
    }

    private static Single single(Parts parts) throws UnreadableException {
        Tlv certId = parts.next(Tlv.SEQUENCE);
        Tlv status = parts.next();
        Tlv thisUpdate = parts.next(Tlv.GENERALIZED_TIME);
        Optional<Tlv> nextUpdate = parts.nextIf(0xa0);
        Optional<Tlv> extensions = parts.nextIf(0xa1);
        parts.requireEnd();
        return new Single(
                certId,
                status,
                thisUpdate,
                nextUpdate.isPresent() ? Optional.of(nextUpdate.get().inner()) : Optional.empty(),
                extensions.isPresent() ? ReadExtension.all(extensions.get().inner()) : List.of());
    }
}
