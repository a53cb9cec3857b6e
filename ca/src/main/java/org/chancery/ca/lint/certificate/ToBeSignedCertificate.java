package org.chancery.ca.lint.certificate;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.Parts;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.key.PublicKeys;
import org.chancery.pki.key.WeakKeyException;

/// A TBSCertificate (RFC 5280 section 4.1.2), taken apart and not yet judged.
///
/// ```
/// SEQUENCE { version [0] DEFAULT v1, serialNumber, signature, issuer, validity SEQUENCE { notBefore, notAfter },
///            subject, subjectPublicKeyInfo, issuerUniqueID [1] OPTIONAL, subjectUniqueID [2] OPTIONAL,
///            extensions [3] OPTIONAL }
/// ```
///
/// @param version as written: 2 is version 3
/// @param signing by whom and when it is about to be signed; empty for what came from outside
record ToBeSignedCertificate(
        BigInteger version,
        BigInteger serialNumber,
        Tlv signature,
        Tlv issuer,
        Tlv notBefore,
        Tlv notAfter,
        Tlv subject,
        Tlv publicKey,
        boolean hasUniqueIdentifiers,
        List<ReadExtension> extensions,
        Optional<Signing> signing) {
    private static final int KEY_CERT_SIGN = 5;

    /// Who is about to sign it, and when.
    record Signing(X509Certificate issuer, Instant now) {}

    static ToBeSignedCertificate read(byte[] der, Optional<Signing> signing) throws UnreadableException {
        Parts parts = new Parts(Tlv.parse(der).as(Tlv.SEQUENCE).children());
        Optional<Tlv> version = parts.nextIf(0xa0);
        BigInteger serialNumber = parts.next(Tlv.INTEGER).integer();
        Tlv signature = parts.next(Tlv.SEQUENCE);
        Tlv issuer = parts.next(Tlv.SEQUENCE);
        Parts validity = new Parts(parts.next(Tlv.SEQUENCE).children());
        Tlv notBefore = validity.next();
        Tlv notAfter = validity.next();
        validity.requireEnd();
        Tlv subject = parts.next(Tlv.SEQUENCE);
        Tlv publicKey = parts.next(Tlv.SEQUENCE);
        boolean issuerId = parts.nextIf(0x81).isPresent();
        boolean subjectId = parts.nextIf(0x82).isPresent();
        Optional<Tlv> extensions = parts.nextIf(0xa3);
        parts.requireEnd();
        return new ToBeSignedCertificate(
                version.isPresent() ? version.get().inner().integer() : BigInteger.ZERO,
                serialNumber,
                signature,
                issuer,
                notBefore,
                notAfter,
                subject,
                publicKey,
                issuerId || subjectId,
                extensions.isPresent() ? ReadExtension.all(extensions.get().inner()) : List.of(),
                signing);
    }

    Optional<ReadExtension> extension(String oid) {
        return ReadExtension.find(extensions, oid);
    }

    boolean hasSubject() {
        return subject.length() > 0;
    }

    /// Whether it names its own subject as its issuer.
    boolean isSelfIssued() {
        return Arrays.equals(subject.encoded(), issuer.encoded());
    }

    /// Whether basicConstraints say CA:TRUE.
    boolean isAuthority() throws UnreadableException {
        Optional<ReadExtension> constraints = extension(Extensions.BASIC_CONSTRAINTS);
        if (constraints.isEmpty()) {
            return false;
        }
        List<Tlv> parts = constraints.get().tlv().as(Tlv.SEQUENCE).children();
        return !parts.isEmpty()
                && parts.getFirst().is(Tlv.BOOLEAN)
                && parts.getFirst().bool();
    }

    /// The pathLenConstraint; empty if there is none.
    Optional<BigInteger> pathLength() throws UnreadableException {
        Optional<ReadExtension> constraints = extension(Extensions.BASIC_CONSTRAINTS);
        if (constraints.isEmpty()) {
            return Optional.empty();
        }
        List<Tlv> parts = constraints.get().tlv().as(Tlv.SEQUENCE).children();
        return !parts.isEmpty() && parts.getLast().is(Tlv.INTEGER)
                ? Optional.of(parts.getLast().integer())
                : Optional.empty();
    }

    /// The bits of keyUsage; none where there is no such extension.
    BitSet keyUsage() throws UnreadableException {
        Optional<ReadExtension> usage = extension(Extensions.KEY_USAGE);
        return usage.isPresent() ? usage.get().tlv().namedBits() : new BitSet();
    }

    boolean mayCertify() throws UnreadableException {
        return keyUsage().get(KEY_CERT_SIGN);
    }

    /// The purposes of extendedKeyUsage, dotted; none where there is no such extension.
    List<String> purposes() throws UnreadableException {
        Optional<ReadExtension> usage = extension(Extensions.EXTENDED_KEY_USAGE);
        if (usage.isEmpty()) {
            return List.of();
        }
        List<String> purposes = new ArrayList<>();
        for (Tlv purpose : usage.get().tlv().as(Tlv.SEQUENCE).children()) {
            purposes.add(purpose.oid());
        }
        return purposes;
    }

    /// The names of subjectAlternativeName, with their context tags; none where there is no such extension.
    List<Tlv> alternativeNames() throws UnreadableException {
        Optional<ReadExtension> names = extension(Extensions.SUBJECT_ALTERNATIVE_NAME);
        return names.isPresent() ? names.get().tlv().as(Tlv.SEQUENCE).children() : List.of();
    }

    /// The key, as everybody will read it.
    PublicKey key() throws WeakKeyException {
        return PublicKeys.parse(publicKey.encoded());
    }

    /// The object identifier of the key's algorithm.
    String keyAlgorithm() throws UnreadableException {
        return new Parts(new Parts(publicKey.children()).next(Tlv.SEQUENCE).children())
                .next()
                .oid();
    }
}
