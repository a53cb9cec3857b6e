package org.chancery.pki.revocation;

import java.util.Map;
import java.util.Optional;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.revocation.KnownExtensions.Criticality;

/// The extensions of OCSP structures (RFC 6960 section 4.4), and the nonce (RFC 9654).
final class OcspExtensions {
    static final String NONCE = "1.3.6.1.5.5.7.48.1.2";

    /// RFC 9654 section 2.1: 1 to 128 octets, whoever sends more is refused.
    static final int MAX_NONCE_OCTETS = 128;

    /// Of a request or a response as a whole. RFC 9654 leaves the nonce's criticality open.
    static final Map<String, Criticality> OF_MESSAGE = Map.of(NONCE, Criticality.EITHER);

    private OcspExtensions() {}

    /// Extensions under an explicit tag; none where the tag is not next.
    static KnownExtensions readIfPresent(DerCursor cursor, int tag, Map<String, Criticality> known)
            throws MalformedDerException, MalformedOcspException {
        if (!cursor.isNext(tag)) {
            return KnownExtensions.none();
        }
        DerCursor tagged = cursor.enter(tag);
        KnownExtensions extensions = KnownExtensions.read(tagged.enter(DerCursor.SEQUENCE), known);
        tagged.end();
        if (extensions.unknownCritical().isPresent()) {
            throw new MalformedOcspException(
                    OcspFailure.UNKNOWN_CRITICAL_EXTENSION,
                    "critical extension %s is not known"
                            .formatted(extensions.unknownCritical().get()));
        }
        return extensions;
    }

    static Optional<OcspNonce> nonce(KnownExtensions extensions) throws MalformedDerException {
        Optional<DerCursor> value = extensions.find(NONCE);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        byte[] octets = value.get().contents(DerCursor.OCTET_STRING);
        if (octets.length == 0 || octets.length > MAX_NONCE_OCTETS) {
            throw new MalformedDerException(
                    "a nonce of %d octets, 1 to %d (RFC 9654)".formatted(octets.length, MAX_NONCE_OCTETS));
        }
        return Optional.of(new OcspNonce(octets));
    }
}
