package org.chancery.pki.path;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Null;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.name.CanonicalName;
import org.chancery.pki.name.MalformedNameException;
import org.jspecify.annotations.Nullable;

/// The syntax of each extension of RFC 5280 section 4.2, in DER and nothing laxer: no default value written
/// out, no empty list where the standard wants one element, no bit beyond those that have a name.
final class ExtensionSyntax {
    static final String SUBJECT_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.11";
    static final String ISSUER_ALTERNATIVE_NAME = "2.5.29.18";
    static final String FRESHEST_CRL = "2.5.29.46";
    static final String SUBJECT_DIRECTORY_ATTRIBUTES = "2.5.29.9";
    static final String OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    static final String NO_REVOCATION_AVAILABLE = "2.5.29.56";

    /// Extended key usages, access descriptions, distribution points: a handful each in practice.
    private static final int MAX_ELEMENTS = 256;

    /// distributionPoint, reasons, cRLIssuer (RFC 5280 section 4.2.1.13).
    private static final int LAST_PART_OF_POINT = 2;

    private ExtensionSyntax() {}

    /// DER knows one TRUE, and FALSE is everywhere the default and not to be written (X.690 sections 11.1,
    /// 11.5).
    static void requireTrue(ASN1Boolean value) throws IOException {
        byte[] der = value.getEncoded();
        if (der[der.length - 1] != (byte) 0xff) {
            throw new IOException("a BOOLEAN written out that is not DER's TRUE");
        }
    }

    /// ```
    /// SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX) OPTIONAL }
    /// ```
    static BasicConstraints basicConstraints(byte[] der) throws MalformedDerException {
        return read("basicConstraints", der, primitive -> {
            ASN1Sequence parts = ASN1Sequence.getInstance(primitive);
            int next = 0;
            boolean isAuthority = next < parts.size() && parts.getObjectAt(next) instanceof ASN1Boolean;
            if (isAuthority) {
                requireTrue(ASN1Boolean.getInstance(parts.getObjectAt(next++)));
            }
            @Nullable BigInteger pathLength = null;
            if (next < parts.size()) {
                pathLength = natural(parts.getObjectAt(next++));
            }
            requireEnd(parts, next);
            return new BasicConstraints(isAuthority, pathLength);
        });
    }

    /// A named bit list: at least one bit, no trailing zeros (X.690 section 11.2.2), none beyond
    /// decipherOnly.
    static Set<KeyUsage> keyUsage(byte[] der) throws MalformedDerException {
        return read("keyUsage", der, primitive -> {
            ASN1BitString bits = ASN1BitString.getInstance(primitive);
            byte[] octets = bits.getBytes();
            int length = 8 * octets.length - bits.getPadBits();
            if (length < 1 || length > KeyUsage.values().length) {
                throw new IOException("%d bits, 1 to %d".formatted(length, KeyUsage.values().length));
            }
            if (!isSet(octets, length - 1)) {
                throw new IOException("no bit, or zeros after the last");
            }
            Set<KeyUsage> usages = EnumSet.noneOf(KeyUsage.class);
            for (KeyUsage usage : KeyUsage.values()) {
                if (usage.bit() < length && isSet(octets, usage.bit())) {
                    usages.add(usage);
                }
            }
            return Set.copyOf(usages);
        });
    }

    private static boolean isSet(byte[] octets, int bit) {
        return (octets[bit / 8] & (0x80 >> (bit % 8))) != 0;
    }

    /// SEQUENCE SIZE (1..MAX) OF OBJECT IDENTIFIER
    static List<String> extendedKeyUsage(byte[] der) throws MalformedDerException {
        return read("extKeyUsage", der, primitive -> {
            List<String> purposes = new ArrayList<>();
            for (ASN1Encodable purpose : elements(primitive)) {
                purposes.add(ASN1ObjectIdentifier.getInstance(purpose).getId());
            }
            return List.copyOf(purposes);
        });
    }

    static KeyIdentifier subjectKeyIdentifier(byte[] der) throws MalformedDerException {
        return read("subjectKeyIdentifier", der, primitive -> {
            byte[] octets = ASN1OctetString.getInstance(primitive).getOctets();
            if (octets.length == 0) {
                throw new IOException("empty");
            }
            return new KeyIdentifier(octets, null, null);
        });
    }

    /// ```
    /// SEQUENCE { [0] keyIdentifier OPTIONAL,
    ///            [1] authorityCertIssuer OPTIONAL,
    ///            [2] authorityCertSerialNumber OPTIONAL }
    /// ```
    /// where issuer and serial number are both there or both not (RFC 5280 section 4.2.1.1).
    static KeyIdentifier authorityKeyIdentifier(byte[] der) throws MalformedDerException {
        return read("authorityKeyIdentifier", der, primitive -> {
            byte @Nullable [] octets = null;
            @Nullable GeneralNames issuer = null;
            @Nullable BigInteger serial = null;
            int lastTag = -1;
            for (ASN1Encodable part : ASN1Sequence.getInstance(primitive)) {
                ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(part);
                if (tagged.getTagNo() <= lastTag) {
                    throw new IOException("parts twice or out of order");
                }
                lastTag = tagged.getTagNo();
                switch (lastTag) {
                    case 0 -> octets = Der.implicitOctets(tagged);
                    case 1 -> issuer = GeneralNames.getInstance(tagged, false);
                    case 2 -> serial = ASN1Integer.getInstance(tagged, false).getValue();
                    default -> throw new IOException("a part it does not have");
                }
            }
            if ((issuer == null) != (serial == null)) {
                throw new IOException("issuer without serial number, or the other way round");
            }
            return new KeyIdentifier(octets, directoryName(issuer), serial);
        });
    }

    private static @Nullable CanonicalName directoryName(@Nullable GeneralNames names) throws IOException {
        if (names == null) {
            return null;
        }
        for (GeneralName name : names.getNames()) {
            if (name.getTagNo() == GeneralName.directoryName) {
                try {
                    return CanonicalName.parse(
                            X500Name.getInstance(name.getName()).getEncoded());
                } catch (MalformedNameException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        }
        return null;
    }

    /// Those whose content is judged elsewhere or by nobody, which must be what they say they are all the
    /// same.
    static void checkOthers(Map<String, Extension> all) throws MalformedDerException, MalformedNameException {
        for (Extension extension : all.values()) {
            switch (extension.oid()) {
                case Extensions.AUTHORITY_INFORMATION_ACCESS, SUBJECT_INFORMATION_ACCESS ->
                    checkAccess(extension.der());
                case Extensions.CRL_DISTRIBUTION_POINTS, FRESHEST_CRL -> checkDistributionPoints(extension.der());
                case ISSUER_ALTERNATIVE_NAME -> org.chancery.pki.name.GeneralNames.parse(extension.der());
                case SUBJECT_DIRECTORY_ATTRIBUTES ->
                    read("subjectDirectoryAttributes", extension.der(), ExtensionSyntax::elements);
                case OCSP_NO_CHECK, NO_REVOCATION_AVAILABLE ->
                    read(extension.oid(), extension.der(), ASN1Null::getInstance);
                default -> {}
            }
        }
    }

    private static void checkAccess(byte[] der) throws MalformedDerException {
        read("an information access", der, primitive -> {
            for (ASN1Encodable description : elements(primitive)) {
                ASN1Sequence parts = ASN1Sequence.getInstance(description);
                ASN1ObjectIdentifier.getInstance(parts.getObjectAt(0));
                GeneralName.getInstance(parts.getObjectAt(1));
                requireEnd(parts, 2);
            }
            return primitive;
        });
    }

    private static void checkDistributionPoints(byte[] der) throws MalformedDerException {
        read("distribution points", der, primitive -> {
            for (ASN1Encodable point : elements(primitive)) {
                int lastTag = -1;
                for (ASN1Encodable part : ASN1Sequence.getInstance(point)) {
                    int tag = ASN1TaggedObject.getInstance(part).getTagNo();
                    if (tag <= lastTag || tag > LAST_PART_OF_POINT) {
                        throw new IOException("a distribution point with parts twice, out of order or unknown");
                    }
                    lastTag = tag;
                }
            }
            return primitive;
        });
    }

    private static ASN1Sequence elements(ASN1Primitive primitive) throws IOException {
        ASN1Sequence elements = ASN1Sequence.getInstance(primitive);
        if (elements.size() == 0 || elements.size() > MAX_ELEMENTS) {
            throw new IOException("%d elements, 1 to %d".formatted(elements.size(), MAX_ELEMENTS));
        }
        return elements;
    }

    private static BigInteger natural(ASN1Encodable value) throws IOException {
        BigInteger number = ASN1Integer.getInstance(value).getValue();
        if (number.signum() < 0) {
            throw new IOException("a negative number");
        }
        return number;
    }

    private static void requireEnd(ASN1Sequence parts, int end) throws IOException {
        if (parts.size() != end) {
            throw new IOException("more parts than it has");
        }
    }

    private static <T> T read(String name, byte[] der, Der.Reader<T, MalformedDerException> reader)
            throws MalformedDerException {
        try {
            return Der.readStrictly(der, reader);
        } catch (MalformedDerException e) {
            throw new MalformedDerException(name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
