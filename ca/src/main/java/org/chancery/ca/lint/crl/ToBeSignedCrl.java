package org.chancery.ca.lint.crl;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.Parts;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;

/// A TBSCertList (RFC 5280 section 5.1.2), taken apart and not yet judged.
///
/// ```
/// SEQUENCE { version INTEGER OPTIONAL, signature, issuer, thisUpdate, nextUpdate OPTIONAL,
///            revokedCertificates SEQUENCE OF SEQUENCE { serial, date, extensions OPTIONAL } OPTIONAL,
///            crlExtensions [0] OPTIONAL }
/// ```
///
/// @param entries empty as well where the sequence is there and has none
/// @param signing by whom and when it is about to be signed; empty for what came from outside
record ToBeSignedCrl(
        Optional<BigInteger> version,
        Tlv signature,
        Tlv issuer,
        Tlv thisUpdate,
        Optional<Tlv> nextUpdate,
        boolean hasEntries,
        List<Entry> entries,
        List<ReadExtension> extensions,
        Optional<Signing> signing) {
    /// One revoked certificate.
    record Entry(BigInteger serial, Tlv revocationDate, List<ReadExtension> extensions) {}

    /// Who is about to sign it, and when.
    record Signing(X509Certificate issuer, Instant now) {}

    static ToBeSignedCrl read(byte[] der, Optional<Signing> signing) throws UnreadableException {
        Parts parts = new Parts(Tlv.parse(der).as(Tlv.SEQUENCE).children());
        Optional<Tlv> version = parts.nextIf(Tlv.INTEGER);
        Tlv signature = parts.next(Tlv.SEQUENCE);
        Tlv issuer = parts.next(Tlv.SEQUENCE);
        Tlv thisUpdate = parts.next();
        Optional<Tlv> nextUpdate = parts.nextIf(Tlv.UTC_TIME).or(() -> parts.nextIf(Tlv.GENERALIZED_TIME));
        Optional<Tlv> revoked = parts.nextIf(Tlv.SEQUENCE);
        Optional<Tlv> extensions = parts.nextIf(0xa0);
        parts.requireEnd();
        return new ToBeSignedCrl(
                version.isPresent() ? Optional.of(version.get().integer()) : Optional.empty(),
                signature,
                issuer,
                thisUpdate,
                nextUpdate,
                revoked.isPresent(),
                revoked.isPresent() ? entries(revoked.get()) : List.of(),
                extensions.isPresent() ? ReadExtension.all(extensions.get().inner()) : List.of(),
                signing);
    }

    private static List<Entry> entries(Tlv revoked) throws UnreadableException {
        List<Entry> entries = new ArrayList<>();
        for (Tlv entry : revoked.children()) {
            Parts parts = new Parts(entry.as(Tlv.SEQUENCE).children());
            BigInteger serial = parts.next(Tlv.INTEGER).integer();
            Tlv date = parts.next();
            Optional<Tlv> extensions = parts.nextIf(Tlv.SEQUENCE);
            parts.requireEnd();
            entries.add(
                    new Entry(serial, date, extensions.isPresent() ? ReadExtension.all(extensions.get()) : List.of()));
        }
        return entries;
    }

    Optional<ReadExtension> extension(String oid) {
        return ReadExtension.find(extensions, oid);
    }
}
