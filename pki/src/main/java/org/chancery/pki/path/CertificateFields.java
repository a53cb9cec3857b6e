package org.chancery.pki.path;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.name.CanonicalName;
import org.chancery.pki.name.MalformedNameException;

/// The fields of a certificate (RFC 5280 section 4.1), read from DER and from nothing laxer: what would not
/// be encoded to the same octets is refused, so that no two readers can differ about what was signed.
///
/// ```
/// Certificate    ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING }
/// TBSCertificate ::= SEQUENCE {
///     [0] version DEFAULT v1, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo,
///     [1] issuerUniqueID OPTIONAL, [2] subjectUniqueID OPTIONAL, [3] extensions OPTIONAL }
/// ```
@SuppressWarnings("ArrayRecordComponent") // of this package alone, whose types do not change them
record CertificateFields(
        byte[] tbsCertificate,
        byte[] signatureAlgorithm,
        byte[] signature,
        int version,
        BigInteger serialNumber,
        CanonicalName issuer,
        Validity validity,
        CanonicalName subject,
        List<String> subjectMailboxes,
        byte[] subjectPublicKeyInfo,
        PathExtensions extensions) {
    private static final int MAX_VERSION = 3;

    /// Longer ones than RFC 5280 allows are read too, and refused by their length ([FormRule]).
    private static final int MAX_SERIAL_OCTETS = 1024;

    /// Takes a certificate apart.
    ///
    /// @throws MalformedDerException if it is not DER, or not a certificate
    /// @throws MalformedNameException if a name in an extension breaks the syntax of its kind
    static CertificateFields parse(byte[] certificateDer) throws MalformedDerException, MalformedNameException {
        Der.readStrictly(certificateDer, primitive -> primitive);
        DerCursor certificate = DerCursor.of(certificateDer).enter(DerCursor.SEQUENCE);
        byte[] tbsCertificate = certificate.value(DerCursor.SEQUENCE);
        byte[] algorithm = algorithm(certificate);
        byte[] signature = certificate.bitString();
        certificate.end();

        DerCursor tbs = DerCursor.of(tbsCertificate).enter(DerCursor.SEQUENCE);
        int version = version(tbs);
        BigInteger serialNumber = tbs.integer(MAX_SERIAL_OCTETS);
        if (!Arrays.equals(algorithm(tbs), algorithm)) {
            throw new MalformedDerException("signature algorithms inside and outside differ (RFC 5280 4.1.1.2)");
        }
        byte[] issuer = tbs.value();
        Validity validity = validity(tbs.enter(DerCursor.SEQUENCE));
        byte[] subject = tbs.value();
        byte[] subjectPublicKeyInfo = tbs.value(DerCursor.SEQUENCE);
        skipUniqueIdentifiers(tbs, version);
        PathExtensions extensions = extensions(tbs, version);
        tbs.end();
        return new CertificateFields(
                tbsCertificate,
                algorithm,
                signature,
                version,
                serialNumber,
                CanonicalName.parse(issuer),
                validity,
                CanonicalName.parse(subject),
                mailboxes(subject),
                subjectPublicKeyInfo,
                extensions);
    }

    /// An AlgorithmIdentifier; what its parameters must be is the algorithm's business.
    private static byte[] algorithm(DerCursor parts) throws MalformedDerException {
        byte[] algorithm = parts.value(DerCursor.SEQUENCE);
        DerCursor inside = DerCursor.of(algorithm).enter(DerCursor.SEQUENCE);
        inside.objectIdentifier();
        if (!inside.atEnd()) {
            inside.value();
        }
        inside.end();
        return algorithm;
    }

    private static int version(DerCursor tbs) throws MalformedDerException {
        Optional<DerCursor> explicit = tbs.enterIfPresent(DerCursor.constructed(0));
        if (explicit.isEmpty()) {
            return 1;
        }
        int version = explicit.get().integer(1).intValueExact() + 1;
        explicit.get().end();
        if (version == 1) {
            throw new MalformedDerException("version 1 is the default and not to be encoded (X.690 11.5)");
        }
        if (version < 1 || version > MAX_VERSION) {
            throw new MalformedDerException("certificate of version " + version);
        }
        return version;
    }

    private static Validity validity(DerCursor times) throws MalformedDerException {
        Instant notBefore = time(times);
        Instant notAfter = time(times);
        times.end();
        if (notAfter.isBefore(notBefore)) {
            throw new MalformedDerException("notAfter %s is before notBefore %s".formatted(notAfter, notBefore));
        }
        return new Validity(notBefore, notAfter);
    }

    /// In either form, whatever the year: which it should be, RFC 5280 tells who issues.
    private static Instant time(DerCursor times) throws MalformedDerException {
        return times.isNext(DerCursor.UTC_TIME) ? times.time() : times.generalizedTime();
    }

    /// RFC 5280 section 4.1.2.8: they are to be parsed, and say nothing that would be judged.
    private static void skipUniqueIdentifiers(DerCursor tbs, int version) throws MalformedDerException {
        for (int tag = 1; tag <= 2; tag++) {
            if (tbs.isNext(DerCursor.primitive(tag))) {
                tbs.namedBits(DerCursor.primitive(tag));
                if (version == 1) {
                    throw new MalformedDerException("unique identifier in a certificate of version 1");
                }
            }
        }
    }

    private static PathExtensions extensions(DerCursor tbs, int version)
            throws MalformedDerException, MalformedNameException {
        Optional<DerCursor> explicit = tbs.enterIfPresent(DerCursor.constructed(3));
        if (explicit.isEmpty()) {
            return new PathExtensions(Map.of());
        }
        if (version != MAX_VERSION) {
            throw new MalformedDerException(
                    "extensions in a certificate of version %d (RFC 5280 4.1.2.1)".formatted(version));
        }
        PathExtensions extensions = PathExtensions.parse(explicit.get());
        explicit.get().end();
        return extensions;
    }

    /// The emailAddress attributes of a name (RFC 5280 section 4.1.2.6: legacy, and constrained all the
    /// same).
    private static List<String> mailboxes(byte[] subject) throws MalformedDerException {
        return Der.read(subject, name -> {
            List<String> mailboxes = new ArrayList<>();
            for (RDN relativeName : X500Name.getInstance(name).getRDNs()) {
                for (AttributeTypeAndValue attribute : relativeName.getTypesAndValues()) {
                    if (attribute.getType().equals(PKCSObjectIdentifiers.pkcs_9_at_emailAddress)) {
                        if (!(attribute.getValue() instanceof ASN1String text)) {
                            throw new IOException("emailAddress that is no string");
                        }
                        mailboxes.add(text.getString());
                    }
                }
            }
            return List.copyOf(mailboxes);
        });
    }
}
