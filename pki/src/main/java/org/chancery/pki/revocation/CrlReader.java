package org.chancery.pki.revocation;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.signature.SignedStructure;

/// Reads the TBSCertList of RFC 5280 section 5.1.2 and refuses what would have to be understood and is not.
final class CrlReader {
    private static final int VERSION_2 = 2;

    /// RFC 5280 section 5.2.3: a CRLNumber has at most 20 octets.
    private static final int MAX_NUMBER_OCTETS = 20;

    private static final Set<ASN1ObjectIdentifier> KNOWN_OF_LIST =
            Set.of(Extension.authorityKeyIdentifier, Extension.cRLNumber);

    private static final Set<ASN1ObjectIdentifier> KNOWN_OF_ENTRY =
            Set.of(Extension.reasonCode, Extension.invalidityDate);

    private CrlReader() {}

    static Crl read(byte[] der) throws MalformedCrlException {
        try {
            SignedStructure signed = SignedStructure.parse(der);
            return Der.<Crl, MalformedCrlException>read(signed.toBeSignedDer(), list -> read(der, signed, list));
        } catch (MalformedDerException e) {
            throw new MalformedCrlException(CrlFailure.MALFORMED, "not a CRL of version 2: " + e.getMessage(), e);
        }
    }

    private static Crl read(byte[] der, SignedStructure signed, ASN1Primitive primitive)
            throws IOException, MalformedCrlException {
        TBSCertList list = TBSCertList.getInstance(primitive);
        if (list.getVersionNumber() != VERSION_2) {
            throw malformed("version %d, 2 required".formatted(list.getVersionNumber()));
        }
        // What is signed must name the algorithm it is signed with (RFC 5280 section 5.1.2.2), or it could be
        // exchanged.
        if (!Arrays.equals(list.getSignature().getEncoded(), signed.algorithmIdentifierDer())) {
            throw malformed("signature algorithms inside and outside differ");
        }
        if (list.getNextUpdate() == null) {
            throw malformed("no nextUpdate (RFC 5280 5.1.2.5)");
        }
        Instant thisUpdate = DerTime.read(list.getThisUpdate());
        Instant nextUpdate = DerTime.read(list.getNextUpdate());
        if (nextUpdate.isBefore(thisUpdate)) {
            throw malformed("nextUpdate is before thisUpdate");
        }
        CrlHeader header = new CrlHeader(
                new X500Principal(list.getIssuer().getEncoded()), number(list.getExtensions()), thisUpdate, nextUpdate);
        return new Crl(der, signed, header, entries(list.getRevokedCertificates()));
    }

    private static BigInteger number(Extensions extensions) throws MalformedCrlException {
        if (extensions == null || extensions.getExtension(Extension.cRLNumber) == null) {
            throw malformed("no CRLNumber (RFC 5280 5.2.3)");
        }
        if (extensions.getExtension(Extension.deltaCRLIndicator) != null) {
            throw new MalformedCrlException(CrlFailure.DELTA_UNSUPPORTED, "a delta CRL; a complete one is required");
        }
        if (extensions.getExtension(Extension.issuingDistributionPoint) != null) {
            throw new MalformedCrlException(
                    CrlFailure.PARTITION_UNSUPPORTED, "a CRL of one distribution point; a complete one is required");
        }
        requireKnown(extensions, KNOWN_OF_LIST);
        BigInteger number = ASN1Integer.getInstance(extensions.getExtensionParsedValue(Extension.cRLNumber))
                .getValue();
        if (number.signum() < 0 || number.toByteArray().length > MAX_NUMBER_OCTETS) {
            throw malformed("CRLNumber negative or above 20 octets");
        }
        return number;
    }

    private static Map<SerialNumber, RevokedCertificate> entries(TBSCertList.CRLEntry[] list)
            throws IOException, MalformedCrlException {
        Map<SerialNumber, RevokedCertificate> entries = LinkedHashMap.newLinkedHashMap(list.length);
        for (TBSCertList.CRLEntry entry : list) {
            RevokedCertificate revoked = entry(entry);
            if (entries.putIfAbsent(revoked.serialNumber(), revoked) != null) {
                throw malformed("serial %s twice".formatted(revoked.serialNumber()));
            }
        }
        return entries;
    }

    private static RevokedCertificate entry(TBSCertList.CRLEntry entry) throws IOException, MalformedCrlException {
        SerialNumber serialNumber = new SerialNumber(entry.getUserCertificate().getValue());
        Instant revokedAt = DerTime.read(entry.getRevocationDate());
        Extensions extensions = entry.getExtensions();
        if (extensions == null) {
            return new RevokedCertificate(serialNumber, revokedAt, RevocationReason.UNSPECIFIED, Optional.empty());
        }
        if (extensions.getExtension(Extension.certificateIssuer) != null) {
            throw new MalformedCrlException(
                    CrlFailure.PARTITION_UNSUPPORTED, "an indirect CRL; one of a single issuer is required");
        }
        requireKnown(extensions, KNOWN_OF_ENTRY);
        return new RevokedCertificate(serialNumber, revokedAt, reason(extensions), invalidityDate(extensions));
    }

    private static RevocationReason reason(Extensions extensions) throws MalformedCrlException {
        ASN1Encodable value = extensions.getExtensionParsedValue(Extension.reasonCode);
        if (value == null) {
            return RevocationReason.UNSPECIFIED;
        }
        int code = ASN1Enumerated.getInstance(value).intValueExact();
        // removeFromCRL belongs to delta CRLs; here it would mean the opposite of what the list says.
        return RevocationReason.ofCode(code)
                .filter(reason -> reason != RevocationReason.REMOVE_FROM_CRL)
                .orElseThrow(() -> malformed("reasonCode %d in a complete CRL".formatted(code)));
    }

    private static Optional<Instant> invalidityDate(Extensions extensions) throws IOException {
        ASN1Encodable value = extensions.getExtensionParsedValue(Extension.invalidityDate);
        return value == null ? Optional.empty() : Optional.of(DerTime.readGeneralized(value));
    }

    private static void requireKnown(Extensions extensions, Set<ASN1ObjectIdentifier> known)
            throws MalformedCrlException {
        for (ASN1ObjectIdentifier oid : extensions.getCriticalExtensionOIDs()) {
            if (!known.contains(oid)) {
                throw new MalformedCrlException(
                        CrlFailure.UNKNOWN_CRITICAL_EXTENSION, "critical extension %s is not known".formatted(oid));
            }
        }
    }

    private static MalformedCrlException malformed(String message) {
        return new MalformedCrlException(CrlFailure.MALFORMED, message);
    }
}
