package org.chancery.pki.revocation;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.signature.SignedStructure;

/// Reads the TBSCertList of RFC 5280 section 5.1.2 and refuses what would have to be understood and is not.
///
/// Version 1, which every application must process (RFC 5280 section 5), has no extensions; what is version
/// 2 has a CRLNumber, and every list says when the next one comes.
final class CrlReader {
    private static final BigInteger VERSION_2 = BigInteger.ONE;

    /// RFC 5280 section 5.2.3: a CRLNumber has at most 20 octets.
    private static final int MAX_NUMBER_OCTETS = 20;

    private CrlReader() {}

    static Crl read(byte[] der) throws MalformedCrlException {
        try {
            SignedStructure signed = SignedStructure.parse(der);
            return read(der, signed, DerCursor.of(signed.toBeSignedDer()).enter(DerCursor.SEQUENCE));
        } catch (MalformedDerException | IllegalArgumentException e) {
            // The JDK refuses a name it cannot read with the unchecked one.
            throw new MalformedCrlException(CrlFailure.MALFORMED, "not a CRL of RFC 5280: " + e.getMessage(), e);
        }
    }

    private static Crl read(byte[] der, SignedStructure signed, DerCursor list)
            throws MalformedDerException, MalformedCrlException {
        boolean plain = !list.isNext(DerCursor.INTEGER);
        if (!plain && !list.integer(1).equals(VERSION_2)) {
            throw new MalformedDerException("a version that is neither 1, by saying nothing, nor 2");
        }
        // What is signed must name the algorithm it is signed with (RFC 5280 section 5.1.2.2), or it could be
        // exchanged.
        if (!Arrays.equals(list.value(DerCursor.SEQUENCE), signed.algorithmIdentifierDer())) {
            throw new MalformedDerException("signature algorithms inside and outside differ");
        }
        X500Principal issuer = new X500Principal(list.value(DerCursor.SEQUENCE));
        if (issuer.getName().isEmpty()) {
            throw new MalformedDerException("an empty issuer (RFC 5280 5.1.2.3)");
        }
        Instant thisUpdate = list.time();
        if (!list.isNext(DerCursor.UTC_TIME) && !list.isNext(DerCursor.GENERALIZED_TIME)) {
            throw new MalformedDerException("no nextUpdate (RFC 5280 5.1.2.5)");
        }
        Instant nextUpdate = list.time();
        if (nextUpdate.isBefore(thisUpdate)) {
            throw new MalformedDerException("nextUpdate is before thisUpdate");
        }
        // The extensions stand last and say how the entries are to be read.
        Optional<DerCursor> revoked = list.enterIfPresent(DerCursor.SEQUENCE);
        KnownExtensions extensions = plain ? KnownExtensions.none() : extensions(list);
        list.end();
        CrlHeader header = header(issuer, thisUpdate, nextUpdate, extensions, plain);
        CrlEntries entries = revoked.isPresent() ? CrlEntries.read(revoked.get(), header, plain) : CrlEntries.none();
        return new Crl(der, signed, header, entries);
    }

    private static KnownExtensions extensions(DerCursor list) throws MalformedDerException, MalformedCrlException {
        DerCursor tagged = list.enter(DerCursor.constructed(0));
        KnownExtensions extensions = CrlExtensions.ofList(tagged.enter(DerCursor.SEQUENCE));
        tagged.end();
        return extensions;
    }

    private static CrlHeader header(
            X500Principal issuer, Instant thisUpdate, Instant nextUpdate, KnownExtensions extensions, boolean plain)
            throws MalformedDerException, MalformedCrlException {
        Optional<BigInteger> number = number(extensions, CrlExtensions.CRL_NUMBER);
        if (number.isEmpty() && !plain) {
            throw new MalformedDerException("no CRLNumber (RFC 5280 5.2.3)");
        }
        Optional<BigInteger> base = number(extensions, CrlExtensions.DELTA_CRL_INDICATOR);
        Optional<byte[]> freshest = extensions.value(CrlExtensions.FRESHEST_CRL);
        if (freshest.isPresent()) {
            DistributionPoint.parse(freshest.get(), issuer);
        }
        if (base.isPresent() && freshest.isPresent()) {
            throw new MalformedDerException("freshestCRL in a delta CRL (RFC 5280 5.2.6)");
        }
        Optional<byte[]> point = extensions.value(CrlExtensions.ISSUING_DISTRIBUTION_POINT);
        return new CrlHeader(
                issuer,
                number.orElse(BigInteger.ZERO),
                thisUpdate,
                nextUpdate,
                point.isPresent() ? CrlScope.read(point.get(), issuer) : CrlScope.COMPLETE,
                keyIdentifier(extensions),
                base,
                expiredSince(extensions));
    }

    private static Optional<BigInteger> number(KnownExtensions extensions, String oid) throws MalformedDerException {
        Optional<DerCursor> value = extensions.find(oid);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        BigInteger number = value.get().integer(MAX_NUMBER_OCTETS);
        if (number.signum() < 0) {
            throw new MalformedDerException("a negative CRLNumber");
        }
        return Optional.of(number);
    }

    private static Optional<String> keyIdentifier(KnownExtensions extensions) throws MalformedDerException {
        Optional<DerCursor> value = extensions.find(CrlExtensions.AUTHORITY_KEY_IDENTIFIER);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        DerCursor identifier = value.get().enter(DerCursor.SEQUENCE);
        return identifier.isNext(DerCursor.primitive(0))
                ? Optional.of(HexFormat.of().formatHex(identifier.contents(DerCursor.primitive(0))))
                : Optional.empty();
    }

    private static Optional<Instant> expiredSince(KnownExtensions extensions) throws MalformedDerException {
        Optional<DerCursor> value = extensions.find(CrlExtensions.EXPIRED_CERTS_ON_CRL);
        return value.isPresent() ? Optional.of(value.get().generalizedTime()) : Optional.empty();
    }
}
