package org.chancery.pki.certificate;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.chancery.pki.der.Der;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.name.IpRange;

/// Makes the extensions our certificates carry, with the criticality RFC 5280 section 4.2 gives each.
public final class Extensions {
    public static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    public static final String KEY_USAGE = "2.5.29.15";
    public static final String SUBJECT_ALTERNATIVE_NAME = GeneralNames.SUBJECT_ALTERNATIVE_NAME;
    public static final String BASIC_CONSTRAINTS = "2.5.29.19";
    public static final String NAME_CONSTRAINTS = "2.5.29.30";
    public static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    public static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    public static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    public static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
    public static final String OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";

    private Extensions() {}

    /// basicConstraints of a CA below which at most `pathLength` further CAs may stand, critical.
    public static Extension basicConstraintsOfAuthority(int pathLength) {
        return extension(BASIC_CONSTRAINTS, true, new BasicConstraints(pathLength));
    }

    /// basicConstraints of anything but a CA: an empty SEQUENCE, critical.
    public static Extension basicConstraintsOfEndEntity() {
        return extension(BASIC_CONSTRAINTS, true, new BasicConstraints(false));
    }

    /// keyUsage, critical.
    public static Extension keyUsage(Set<KeyUsage> usages) {
        byte[] bits = new byte[2];
        int last = -1;
        for (KeyUsage usage : usages) {
            bits[usage.bit() / 8] |= (byte) (0x80 >> (usage.bit() % 8));
            last = Math.max(last, usage.bit());
        }
        if (last < 0) {
            throw new IllegalArgumentException("keyUsage needs at least one bit (RFC 5280 4.2.1.3)");
        }
        // A named bit list drops its trailing zeros (X.690 section 11.2.2).
        byte[] octets = Arrays.copyOf(bits, last / 8 + 1);
        return extension(KEY_USAGE, true, new DERBitString(octets, 7 - last % 8));
    }

    /// extendedKeyUsage, in the order given.
    public static Extension extendedKeyUsage(List<ExtendedKeyUsage> purposes) {
        return extendedKeyUsageOf(purposes.stream().map(ExtendedKeyUsage::oid).toList());
    }

    /// extendedKeyUsage of any purposes, dotted, in the order given.
    public static Extension extendedKeyUsageOf(List<String> purposeOids) {
        if (purposeOids.isEmpty()) {
            throw new IllegalArgumentException("extendedKeyUsage needs at least one purpose");
        }
        KeyPurposeId[] ids = purposeOids.stream()
                .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
                .toArray(KeyPurposeId[]::new);
        return extension(EXTENDED_KEY_USAGE, false, new org.bouncycastle.asn1.x509.ExtendedKeyUsage(ids));
    }

    /// subjectAlternativeName; critical where there is no other name of the subject (RFC 5280 section 4.2.1.6).
    public static Extension subjectAlternativeName(List<GeneralName> names, boolean subjectIsEmpty) {
        return new Extension(SUBJECT_ALTERNATIVE_NAME, subjectIsEmpty, GeneralNames.encode(names));
    }

    /// subjectKeyIdentifier of a key: 160 bits of its SHA-256 (RFC 7093 section 2 method 1).
    public static Extension subjectKeyIdentifier(PublicKey key) {
        return extension(SUBJECT_KEY_IDENTIFIER, false, new SubjectKeyIdentifier(KeyIdentifiers.of(key)));
    }

    /// authorityKeyIdentifier: the issuer's subjectKeyIdentifier, [Certificates#subjectKeyIdentifier].
    public static Extension authorityKeyIdentifier(byte[] issuerKeyIdentifier) {
        return extension(AUTHORITY_KEY_IDENTIFIER, false, new AuthorityKeyIdentifier(issuerKeyIdentifier));
    }

    /// nameConstraints that permit only these, critical. A kind with an empty list is not constrained at all.
    ///
    /// @param dnsDomains permits the domain and everything below it
    /// @param mailDomains `lab.example` permits mailboxes at that very host, `.lab.example` at hosts below it
    /// @param ipRanges permits the addresses in each
    public static Extension nameConstraints(List<String> dnsDomains, List<String> mailDomains, List<IpRange> ipRanges) {
        List<GeneralSubtree> permitted = new ArrayList<>();
        dnsDomains.forEach(domain -> permitted.add(subtree(2, new DERIA5String(domain, true))));
        mailDomains.forEach(domain -> permitted.add(subtree(1, new DERIA5String(domain, true))));
        ipRanges.forEach(range -> permitted.add(subtree(7, new DEROctetString(range.addressAndMask()))));
        if (permitted.isEmpty()) {
            throw new IllegalArgumentException("nameConstraints needs at least one subtree (RFC 5280 4.2.1.10)");
        }
        return extension(NAME_CONSTRAINTS, true, new NameConstraints(permitted.toArray(GeneralSubtree[]::new), null));
    }

    /// crlDistributionPoints with one URL.
    public static Extension crlDistributionPoints(String url) {
        DistributionPointName name = new DistributionPointName(new org.bouncycastle.asn1.x509.GeneralNames(uri(url)));
        return extension(CRL_DISTRIBUTION_POINTS, false, new CRLDistPoint(new DistributionPoint[] {
            new DistributionPoint(name, null, null)
        }));
    }

    /// authorityInformationAccess with the URL of the issuer's certificate.
    public static Extension authorityInformationAccess(String issuerUrl) {
        return extension(
                AUTHORITY_INFORMATION_ACCESS,
                false,
                new AuthorityInformationAccess(AccessDescription.id_ad_caIssuers, uri(issuerUrl)));
    }

    /// id-pkix-ocsp-nocheck (RFC 6960 section 4.2.2.2.1): nobody need ask whether this OCSP signer is revoked.
    public static Extension ocspNoCheck() {
        return extension(OCSP_NO_CHECK, false, DERNull.INSTANCE);
    }

    private static org.bouncycastle.asn1.x509.GeneralName uri(String url) {
        return new org.bouncycastle.asn1.x509.GeneralName(6, new DERIA5String(url, true));
    }

    private static GeneralSubtree subtree(int tag, ASN1Encodable base) {
        return new GeneralSubtree(new org.bouncycastle.asn1.x509.GeneralName(tag, base));
    }

    private static Extension extension(String oid, boolean critical, ASN1Encodable value) {
        return new Extension(oid, critical, Der.encode(value));
    }
}
