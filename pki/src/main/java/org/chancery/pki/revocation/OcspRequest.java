package org.chancery.pki.revocation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;

/// What somebody asks a responder (RFC 6960 section 4.1): certificates, and a nonce to be echoed. A
/// signature on it is not looked at, since everybody may ask (RFC 9919 section 3.1.2).
public record OcspRequest(List<OcspCertId> certificates, Optional<OcspNonce> nonce) {
    /// A request is a hundred octets a certificate.
    public static final int MAX_OCTETS = 16 * 1024;

    /// Each costs a look into the ledger; clients ask about one.
    public static final int MAX_CERTIFICATES = 32;

    public OcspRequest {
        certificates = List.copyOf(certificates);
    }

    /// Reads a request in DER.
    ///
    /// @throws MalformedOcspException if it exceeds [#MAX_OCTETS] or [#MAX_CERTIFICATES], asks about
    /// nothing or in other hashes than SHA-1 and SHA-256, has a nonce outside 1 to 128 octets, or a
    /// critical extension that is not known
    public static OcspRequest parse(byte[] der) throws MalformedOcspException {
        if (der.length > MAX_OCTETS) {
            throw new MalformedOcspException(
                    OcspFailure.TOO_LARGE, "OCSP request of %d octets, at most %d".formatted(der.length, MAX_OCTETS));
        }
        try {
            DerCursor request = DerCursor.of(der).enter(DerCursor.SEQUENCE);
            DerCursor tbs = request.enter(DerCursor.SEQUENCE);
            request.enterIfPresent(DerCursor.constructed(0)); // the signature
            request.end();
            if (tbs.isNext(DerCursor.constructed(0))) {
                throw new MalformedDerException("a version that is not 1, or 1 where it must be left out");
            }
            tbs.enterIfPresent(DerCursor.constructed(1)); // requestorName
            List<OcspCertId> certificates = certificates(tbs.enter(DerCursor.SEQUENCE));
            KnownExtensions extensions =
                    OcspExtensions.readIfPresent(tbs, DerCursor.constructed(2), OcspExtensions.OF_MESSAGE);
            tbs.end();
            return new OcspRequest(certificates, OcspExtensions.nonce(extensions));
        } catch (MalformedDerException e) {
            throw new MalformedOcspException(
                    OcspFailure.MALFORMED, "not an OCSP request of RFC 6960: " + e.getMessage(), e);
        }
    }

    private static List<OcspCertId> certificates(DerCursor list) throws MalformedDerException, MalformedOcspException {
        List<OcspCertId> certificates = new ArrayList<>();
        while (!list.atEnd()) {
            if (certificates.size() == MAX_CERTIFICATES) {
                throw new MalformedOcspException(
                        OcspFailure.TOO_LARGE, "more than %d certificates".formatted(MAX_CERTIFICATES));
            }
            DerCursor single = list.enter(DerCursor.SEQUENCE);
            certificates.add(OcspCertId.read(single.enter(DerCursor.SEQUENCE)));
            OcspExtensions.readIfPresent(single, DerCursor.constructed(0), Map.of());
            single.end();
        }
        if (certificates.isEmpty()) {
            throw new MalformedDerException("a request about no certificate");
        }
        return certificates;
    }
}
